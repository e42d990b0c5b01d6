"""Two Sidecars select the same workload."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.injection import is_redirected
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.networking.sidecar import Sidecar

CHECK = Check(
    code="M0702",
    title="two Sidecars select the same workload",
    severity=Severity.ERROR,
    reads=("Sidecar",),
    istio="IST0110",
    kiali="KIA0003",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Workloads with several Sidecars that have a selector; a finding for each Sidecar and workload."""
    selecting: dict[Workload, list[Declared[Sidecar]]] = defaultdict(list)
    for sidecar in snapshot.sidecars:
        selector = sidecar.spec.workload_selector
        if selector is not None and selector.labels:
            for workload in snapshot.workloads.selected(selector.labels, sidecar.namespace):
                selecting[workload].append(sidecar)
    for workload, sidecars in selecting.items():
        if len(sidecars) < 2 or is_redirected(workload):
            continue
        for sidecar in sidecars:
            others = ", ".join(sorted(str(each) for each in sidecars if each is not sidecar))
            yield CHECK.found(
                sidecar,
                "spec.workloadSelector.labels",
                f"{workload} is selected by Sidecar {others} as well; which one its proxy gets is not defined",
                "Make the selectors such that each workload has one Sidecar, or merge them.",
            )
