"""A Telemetry selects no pod."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import labels_of, shown
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0742",
    title="a Telemetry selects no pod",
    severity=Severity.ERROR,
    reads=("Telemetry",),
    istio="IST0101",
    kiali="KIA0004",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Telemetries whose selector no pod of their namespace has. Source: istioctl's telemetry analyzer."""
    for telemetry in snapshot.telemetries:
        labels = labels_of(telemetry.spec)
        if not labels or snapshot.workloads.selected(labels, telemetry.namespace):
            continue
        sure = snapshot.knows_pods_of(telemetry.namespace, telemetry)
        doubt = (
            ""
            if sure
            else f"; but nothing of namespace {telemetry.namespace} is among these documents, so this could not be told"
            " for sure"
        )
        yield CHECK.found(
            telemetry,
            "spec.selector.matchLabels",
            f"no pod of namespace {telemetry.namespace} has the labels {shown(labels)}{doubt}",
            "Select by labels that pods of this namespace have.",
            severity=None if sure else Severity.INFO,
        )
