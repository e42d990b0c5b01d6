"""minHealthPercent makes the proxy use ejected endpoints again before maxEjectionPercent is reached."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.ejection import can_eject, cap_of, ejecting
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0315",
    title="minHealthPercent is reached before maxEjectionPercent",
    severity=Severity.INFO,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """minHealthPercent over 100 - maxEjectionPercent. Source: OutlierDetection.min_health_percent; Envoy's panic mode."""
    for path, rule, _, outlier in ejecting(snapshot):
        cap, health = cap_of(outlier), outlier.min_health_percent or 0
        if can_eject(outlier) and health > 100 - cap:
            yield CHECK.found(
                rule,
                f"{path}.minHealthPercent",
                f"once more than {100 - health} % of the endpoints are ejected, requests go to all of them again, those that"
                f" fail too: minHealthPercent is {health}, so the {cap} % of maxEjectionPercent are never kept out together",
                f"Give a minHealthPercent of at most {100 - cap}, or a maxEjectionPercent of at most {100 - health}.",
            )
