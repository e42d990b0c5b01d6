"""Two Telemetries are for all pods of a namespace."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import of_whole_namespaces
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0743",
    title="several Telemetries are for a whole namespace",
    severity=Severity.ERROR,
    reads=("Telemetry",),
    istio="IST0160",
    kiali="KIA0002",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Telemetries without selector of which a namespace has several. Source: istio.io, Telemetry."""
    for telemetry, other in of_whole_namespaces(snapshot.telemetries):
        yield CHECK.found(
            telemetry,
            "metadata.name",
            f"Telemetry {other} is for all of namespace {telemetry.namespace}, too; one of them is in force",
            "Put what both say into one, or give one a selector.",
        )
