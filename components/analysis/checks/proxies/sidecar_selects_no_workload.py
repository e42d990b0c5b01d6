"""A Sidecar's selector is met by no workload of its namespace."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import selector_text
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0701",
    title="a Sidecar selects no workload",
    severity=Severity.ERROR,
    reads=("Sidecar",),
    istio="IST0101",
    kiali="KIA0004",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Sidecars with a selector. Source: Sidecar.workloadSelector in sidecar.proto: of the same namespace only."""
    for sidecar in snapshot.sidecars:
        selector = sidecar.spec.workload_selector
        if selector is None or not selector.labels:
            continue
        if snapshot.workloads.selected(selector.labels, sidecar.namespace):
            continue
        labels = selector_text(selector.labels)
        message = f"no workload of namespace {sidecar.namespace} has the labels {labels}: the Sidecar is not used"
        remedy = "Give the selector labels that pods of the Sidecar's own namespace have."
        if snapshot.knows_workloads_of(sidecar.namespace):
            yield CHECK.found(sidecar, "spec.workloadSelector.labels", message, remedy)
        else:
            message = (
                f"no workload with the labels {labels} was found, but no pod of namespace {sidecar.namespace} is among"
                " these documents, so this could not be told for sure"
            )
            yield CHECK.found(sidecar, "spec.workloadSelector.labels", message, remedy, severity=Severity.INFO)
