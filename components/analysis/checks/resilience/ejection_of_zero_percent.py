"""maxEjectionPercent 0 is 10."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.ejection import DEFAULT_EJECTION, ejecting
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0313",
    title="maxEjectionPercent 0 means 10",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """0 given. Source: pilot's applyOutlierDetection hands it on only when it is more."""
    for path, rule, _, outlier in ejecting(snapshot):
        if outlier.max_ejection_percent == 0:
            yield CHECK.found(
                rule,
                f"{path}.maxEjectionPercent",
                f"maxEjectionPercent 0 does not switch ejection off: istiod leaves it out, and Envoy then ejects up to"
                f" {DEFAULT_EJECTION} %",
                "Give 1 to 100; to eject nothing, leave outlierDetection out.",
            )
