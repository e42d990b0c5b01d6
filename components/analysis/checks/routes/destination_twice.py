"""One destination stands twice in a rule."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.clusters import cluster_of, named
from components.analysis.finding import Finding, Severity
from components.analysis.shares import shares_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0206",
    title="a destination stands twice in one rule",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    kiali="KIA1105",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Destinations of a rule with equal host, subset and port. Source: Kiali's route checker."""
    for service in snapshot.virtual_services:
        for path, shares in shares_of(service.spec):
            first: dict[tuple[str, str, int], int] = {}
            for number, share in enumerate(shares):
                cluster = cluster_of(share.destination, service.namespace)
                before = first.setdefault(cluster, number)
                if before != number and cluster[0]:
                    sum_of = (shares[before].weight or 0) + (share.weight or 0)
                    yield CHECK.found(
                        service,
                        f"{path}[{number}].destination",
                        f"{named(cluster)} stands here and as destination {before} of the rule: it gets both weights,"
                        f" {sum_of} in all",
                        "Give each destination once, with its whole weight; if another subset is meant, name that.",
                    )
