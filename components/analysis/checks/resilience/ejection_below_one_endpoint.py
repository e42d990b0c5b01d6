"""maxEjectionPercent is less than one endpoint's share, so none is ever ejected."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.ejection import can_eject, cap_of, ejecting, sized
from components.analysis.finding import Finding, Severity
from components.analysis.shares import percent
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0312",
    title="no endpoint is ever ejected: maxEjectionPercent is below the share of one",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Clusters of fewer endpoints than 100 / maxEjectionPercent, as far as the documents tell how many there are.

    Source: Envoy's DetectorImpl::ejectHost; its always_eject_one_host is off, and istiod never sets it
    (envoyproxy/envoy PR 27909, PR 34796).
    """
    for each in ejecting(snapshot):
        if not can_eject(each.outlier):
            continue
        cap = cap_of(each.outlier)
        small = [one for one in sized(snapshot, each) if one.endpoints * cap < 100]
        if not small:
            continue
        given = f"is {cap}" if each.outlier.max_ejection_percent else f"is {cap} where it is not given"
        shares = ", ".join(f"one of {one} is {percent(1, one.endpoints)}" for one in small)
        fewest = min(one.endpoints for one in small)
        yield CHECK.found(
            each.rule,
            f"{each.path}.maxEjectionPercent" if each.outlier.max_ejection_percent is not None else each.path,
            f"no endpoint is ever ejected, however often it fails: maxEjectionPercent {given}, and {shares}",
            f"Give a maxEjectionPercent of at least {-(-100 // fewest)}, so that one endpoint may go, or run more of them.",
        )
