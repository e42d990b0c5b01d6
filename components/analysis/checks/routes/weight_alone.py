"""A weight on the only destination: it gets everything, whatever the weight."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.shares import shares_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0204",
    title="the weight of a single destination has no effect",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    kiali="KIA1104",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules with one destination and a weight that is not 100. Source: pilot's applyHTTPRouteDestination."""
    for service in snapshot.virtual_services:
        for path, shares in shares_of(service.spec):
            if len(shares) == 1 and shares[0].weight not in (None, 100):
                yield CHECK.found(
                    service,
                    f"{path}[0].weight",
                    f"the weight {shares[0].weight} has no effect: it is the rule's only destination, and gets every"
                    " request that the rule accepts",
                    "Leave the weight out, or give the rest of the requests a destination.",
                )
