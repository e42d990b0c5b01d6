"""Two Sidecars of a namespace have no selector."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.injection import namespace_is_ambient
from components.analysis.snapshot import Snapshot
from components.api.networking.sidecar import Sidecar

CHECK = Check(
    code="M0703",
    title="two Sidecars are for the whole namespace",
    severity=Severity.ERROR,
    reads=("Sidecar",),
    istio="IST0111",
    kiali="KIA0002",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Sidecars without a selector, by namespace. Source: sidecar.proto: there is at most one."""
    whole: dict[str, list[Declared[Sidecar]]] = defaultdict(list)
    for sidecar in snapshot.sidecars:
        if sidecar.spec.workload_selector is None or not sidecar.spec.workload_selector.labels:
            whole[sidecar.namespace].append(sidecar)
    for namespace, sidecars in whole.items():
        declared = snapshot.namespaces.get(namespace)
        if len(sidecars) < 2 or (declared is not None and namespace_is_ambient(declared)):
            continue
        for sidecar in sidecars:
            others = ", ".join(sorted(each.name for each in sidecars if each is not sidecar))
            yield CHECK.found(
                sidecar,
                "metadata.name",
                f"namespace {namespace} has another Sidecar without a selector ({others}); which one holds is not"
                " defined",
                "Keep one of them, or give the others a workloadSelector.",
            )
