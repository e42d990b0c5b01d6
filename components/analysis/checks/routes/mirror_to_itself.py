"""A mirror's copies go where the requests go."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.clusters import cluster_of, named
from components.analysis.finding import Finding, Severity
from components.analysis.mirroring import mirrors_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0209",
    title="a mirror copies requests to where they go anyway",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Mirrors with the host, subset and port of a destination of the same rule."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            routed = {cluster_of(each.destination, service.namespace) for each in rule.route}
            for mirror in mirrors_of(rule, f"spec.http[{index}]"):
                cluster = cluster_of(mirror.destination, service.namespace)
                if cluster in routed:
                    share = 100 if mirror.share is None else mirror.share
                    yield CHECK.found(
                        service,
                        mirror.path,
                        f"{named(cluster)} gets the requests of this rule and, of {share:g} % of them, a copy besides:"
                        " it does that work twice",
                        "Mirror to another host or subset, or leave the mirror out.",
                    )
