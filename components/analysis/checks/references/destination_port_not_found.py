"""A route or a mirror sends to a port that the host does not have."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Verdict
from components.analysis.snapshot import Snapshot, destinations_of

CHECK = Check(
    code="M0103",
    title="a destination's port is none of its host's",
    severity=Severity.ERROR,
    reads=("VirtualService",),
    istio="IST0101",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Ports of destinations. Source: Destination.port in virtual_service.proto: a port of the service, not of its
    pods.
    """
    for service in snapshot.virtual_services:
        for path, destination in destinations_of(service.spec):
            if not destination.host or destination.port is None:
                continue
            found = snapshot.host_lookup.find(destination.host, service.namespace, service.spec.export_to)
            if found.verdict is not Verdict.SEEN or (destination.port.number or 0) in found.port_numbers:
                continue
            ports = ", ".join(map(str, sorted(found.port_numbers))) or "none"
            yield CHECK.found(
                service,
                f"{path}.port.number",
                f"the host {destination.host!r} has no port {destination.port.number or 0}",
                f"Name one of the ports of {found.hosts[0].declared.kind} {found.hosts[0].declared}: {ports}.",
            )
