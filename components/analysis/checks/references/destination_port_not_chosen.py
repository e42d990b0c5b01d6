"""A route or a mirror names no port of a host that has several."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Verdict
from components.analysis.snapshot import Snapshot, destinations_of

CHECK = Check(
    code="M0104",
    title="a destination names no port of a host that has several",
    severity=Severity.ERROR,
    reads=("VirtualService",),
    istio="IST0112",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Destinations without a port. Source: Destination.port in virtual_service.proto."""
    for service in snapshot.virtual_services:
        for path, destination in destinations_of(service.spec):
            if not destination.host or destination.port is not None:
                continue
            found = snapshot.host_lookup.find(destination.host, service.namespace, service.spec.export_to)
            if found.verdict is not Verdict.SEEN or max(len(each.ports) for each in found.hosts) < 2:
                continue
            ports = ", ".join(map(str, sorted(found.port_numbers)))
            yield CHECK.found(
                service,
                f"{path}.host",
                f"the host {destination.host!r} has several ports ({ports}) and the destination names none",
                "Give the destination a port with the number of one of them.",
            )
