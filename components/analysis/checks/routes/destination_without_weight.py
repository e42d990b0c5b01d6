"""A destination without a weight among others that have one: it gets nothing."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.clusters import cluster_of, named
from components.analysis.finding import Finding, Severity
from components.analysis.shares import shares_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0211",
    title="a destination without weight beside others gets no request",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Destinations whose weight is not given, beside others with one: it is 0, not the rest. Source: pilot's
    applyHTTPRouteDestination.
    """
    for service in snapshot.virtual_services:
        for path, shares in shares_of(service.spec):
            total = sum(max(each.weight or 0, 0) for each in shares)
            if len(shares) < 2 or not total:
                continue
            for number, share in enumerate(shares):
                if share.weight is None:
                    cluster = named(cluster_of(share.destination, service.namespace))
                    yield CHECK.found(
                        service,
                        f"{path}[{number}]",
                        f"{cluster} gets no request: it has no weight, which counts as 0 and not as the rest of 100, and"
                        f" the others share all by their total of {total}",
                        "Give every destination of the rule its weight.",
                    )
