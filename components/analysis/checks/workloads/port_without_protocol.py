"""A port of a Service names no protocol."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.port_protocols import ports_without_protocol
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0816",
    title="a port of a Service names no protocol",
    severity=Severity.INFO,
    reads=("Service",),
    istio="IST0118",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Ports of Services other than ExternalName. Source: istio.io, Protocol Selection."""
    for service, index, port in ports_without_protocol(snapshot):
        if service.spec.type == "ExternalName":
            continue
        if port.app_protocol is not None:
            what, key = f"appProtocol {port.app_protocol!r} of port {port.port} is none that Istio knows", "appProtocol"
        elif port.name:
            what, key = f"the name {port.name!r} of port {port.port} begins with no protocol that Istio knows", "name"
        else:
            what, key = f"port {port.port} has neither a name nor an appProtocol", "port"
        yield CHECK.found(
            service,
            f"spec.ports[{index}].{key}",
            f"{what}, so the proxy looks at what is sent",
            "Begin the name with http, http2, https, grpc, grpc-web, tcp, tls, mongo, mysql, redis or udp, then an end"
            ' or "-", or set appProtocol to one of them.',
        )
