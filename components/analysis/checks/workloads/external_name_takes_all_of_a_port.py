"""A port of an ExternalName Service takes the traffic of others."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.port_protocols import ports_without_protocol
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0817",
    title="an ExternalName Service takes all traffic of a port",
    severity=Severity.WARNING,
    reads=("Service",),
    istio="IST0150",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Ports of ExternalName Services that name no protocol, or are named tcp."""
    for service, index, port in ports_without_protocol(snapshot):
        if service.spec.type == "ExternalName":
            yield CHECK.found(
                service,
                f"spec.ports[{index}].{'name' if port.name else 'port'}",
                f"port {port.port} of an ExternalName Service is named {port.name or ''!r}: it is taken as TCP, and the"
                " proxy sends all traffic to that port, whatever its address, to this Service",
                "Name the port after its protocol, such as http or https, or use a ServiceEntry.",
            )
