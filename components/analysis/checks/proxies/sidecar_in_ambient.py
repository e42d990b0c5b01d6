"""A Sidecar is for workloads that have no sidecar: they are in ambient mode."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import is_redirected, namespace_is_ambient
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0704",
    title="a Sidecar is for workloads in ambient mode",
    severity=Severity.WARNING,
    reads=("Sidecar",),
    istio="IST0167",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Sidecars of ambient namespaces, and those that select an ambient pod."""
    for sidecar in snapshot.sidecars:
        selector = sidecar.spec.workload_selector
        if selector is not None and selector.labels:
            found = snapshot.workloads.selected(selector.labels, sidecar.namespace)
            where = next((str(each) for each in found if is_redirected(each)), None)
            field = "spec.workloadSelector.labels"
        else:
            namespace = snapshot.namespaces.get(sidecar.namespace)
            ambient = namespace is not None and namespace_is_ambient(namespace)
            where, field = f"namespace {sidecar.namespace}" if ambient else None, "metadata.namespace"
        if where is not None:
            yield CHECK.found(
                sidecar,
                field,
                f"{where} is in ambient mode and has no sidecars: this Sidecar does nothing there",
                "Remove it, or take the workloads out of ambient mode.",
            )
