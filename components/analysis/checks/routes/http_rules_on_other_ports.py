"""HTTP rules are for a host whose ports do not speak HTTP."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.host_lookup import Verdict
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0241",
    title="HTTP rules are for a host that speaks no HTTP",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)

HTTP = frozenset({"HTTP", "HTTP2", "GRPC", "GRPC-Web"})


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Hosts all of whose ports are named for another protocol; one without a name is looked into by the proxy. Source:
    VirtualService.http in virtual_service.proto: for ports of HTTP, and gateways that terminate TLS; istio/istio#36528.
    """
    for service in snapshot.virtual_services:
        if not service.spec.http or (service.spec.gateways and MESH not in service.spec.gateways):
            continue
        for index, host in enumerate(service.spec.hosts):
            found = snapshot.host_lookup.find(host, service.namespace)
            ports = [port for each in found.hosts for port in each.ports]
            if found.verdict is not Verdict.SEEN or not ports:
                continue
            if any(port.protocol is None or port.protocol in HTTP for port in ports):
                continue
            said = ", ".join(dict.fromkeys(f"{port.number} {port.protocol}" for port in ports))
            yield CHECK.found(
                service,
                f"spec.hosts[{index}]",
                f"the http rules (matches, timeouts, retries, faults) do not hold for {host}: its ports are {said}, of"
                " which the proxy reads no requests",
                "Write tls or tcp routes, or name the port for HTTP where the traffic is plain HTTP.",
            )
