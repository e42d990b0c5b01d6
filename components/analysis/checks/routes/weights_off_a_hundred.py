"""Weights do not total 100: they are no percentages then."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.shares import percent, shares_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0203",
    title="weights do not total 100",
    severity=Severity.INFO,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Two or more destinations whose weights total something else. Source: HTTPRouteDestination.weight."""
    for service in snapshot.virtual_services:
        for path, shares in shares_of(service.spec):
            weights = [max(each.weight or 0, 0) for each in shares]
            total = sum(weights)
            if len(shares) < 2 or total in (0, 100):
                continue
            given = " + ".join(str(each) for each in weights)
            parts = ", ".join(percent(each, total) for each in weights)
            yield CHECK.found(
                service,
                path,
                f"the weights {given} total {total}, not 100: each is a part of that sum, so the destinations get {parts}"
                " of the requests",
                "Give weights that total 100, so that each reads as a percentage.",
            )
