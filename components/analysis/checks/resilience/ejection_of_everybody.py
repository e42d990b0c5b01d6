"""Every endpoint can be ejected at once, and nobody takes requests then."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.ejection import can_eject, cap_of, ejecting, sized
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0314",
    title="every endpoint can be ejected at once",
    severity=Severity.INFO,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """maxEjectionPercent 100 without minHealthPercent. Source: istio/istio#20135; istiod sets Envoy's panic threshold to
    minHealthPercent, which is 0 when it is not given.
    """
    for each in ejecting(snapshot):
        if cap_of(each.outlier) < 100 or (each.outlier.min_health_percent or 0) > 0 or not can_eject(each.outlier):
            continue
        known = ", ".join(str(one) for one in sized(snapshot, each))
        yield CHECK.found(
            each.rule,
            f"{each.path}.maxEjectionPercent",
            f"when all endpoints fail, all are ejected{f' ({known})' if known else ''}, and every request is answered 503 (no"
            " healthy upstream) until one is back: maxEjectionPercent is 100, and no minHealthPercent makes the proxy use"
            " ejected ones again",
            "Keep some in with a smaller maxEjectionPercent, or give minHealthPercent, below which all are used again.",
        )
