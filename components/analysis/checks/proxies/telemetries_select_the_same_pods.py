"""Two Telemetries select the same pods."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import rivals
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0741",
    title="Telemetries select the same pods",
    severity=Severity.ERROR,
    reads=("Telemetry",),
    istio="IST0159",
    kiali="KIA0003",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Telemetries with selectors of which several select one workload. Source: istio.io, Telemetry."""
    for telemetry, others, workload in rivals(snapshot, snapshot.telemetries):
        yield CHECK.found(
            telemetry,
            "spec.selector.matchLabels",
            f"{others} selects {workload}, too; one of them is in force there",
            "Put what both say into one, or let the selectors differ.",
        )
