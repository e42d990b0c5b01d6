"""A mirror without a percentage gets a copy of every request."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.clusters import cluster_of, named
from components.analysis.finding import Finding, Severity
from components.analysis.mirroring import mirrors_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0208",
    title="a mirror without percentage gets every request",
    severity=Severity.INFO,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Mirrors that say no share. Source: virtual_service.proto, mirror_percentage."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            for mirror in mirrors_of(rule, f"spec.http[{index}]"):
                if mirror.share is None:
                    cluster = named(cluster_of(mirror.destination, service.namespace))
                    single = mirror.path.endswith(".mirror")
                    yield CHECK.found(
                        service,
                        mirror.path,
                        f"{cluster} gets a copy of every request of the rule, writes too: no percentage is given, and that"
                        " means 100",
                        f"Give {'mirrorPercentage' if single else 'percentage'}, with value: 100 when all are meant.",
                    )
