"""Routes are of a kind that the gateway's server has no use for."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH, server_hosts, tls_mode
from components.analysis.hosts import overlap
from components.analysis.snapshot import Snapshot
from components.api.networking.gateway import Gateway, Server

CHECK = Check(
    code="M0240",
    title="routes do not fit the protocol and TLS of the gateway",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)

HTTP = frozenset({"HTTP", "HTTP2", "GRPC", "GRPC-WEB", "GRPC-WEB-TEXT"})
PASSED_ON = frozenset({"PASSTHROUGH", "AUTO_PASSTHROUGH"})
NEEDS = {
    "http": "a server of protocol HTTP, or of HTTPS that terminates TLS (mode SIMPLE or MUTUAL)",
    "tls": "a server whose TLS is passed through (mode PASSTHROUGH)",
    "tcp": "a server of protocol TCP, or of TLS that is terminated",
}


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Kinds of routes (http, tls, tcp) that none of the servers of a gateway for the hosts takes. Source:
    VirtualService.http and .tls in virtual_service.proto; istio.io, Network issues, Gateway mismatch and passthrough.
    """
    for service in snapshot.virtual_services:
        for reference in service.spec.gateways:
            gateway = snapshot.gateway_index.named(reference, service.namespace)
            if reference == MESH or gateway is None or not isinstance(gateway.spec, Gateway):
                continue
            servers = [
                server
                for server in gateway.spec.servers
                if any(
                    overlap(offered, host)
                    for offered in server_hosts(server, gateway.namespace, service.namespace)
                    for host in service.spec.hosts
                )
            ]
            taken = {_takes(server) for server in servers}
            if not servers or None in taken or MESH in service.spec.gateways:
                continue
            given = (("http", service.spec.http), ("tls", service.spec.tls), ("tcp", service.spec.tcp))
            for kind, routes in given:
                if routes and kind not in taken:
                    yield CHECK.found(
                        service,
                        f"spec.{kind}",
                        f"the {kind} routes are not used at Gateway {gateway}: its servers for"
                        f" {', '.join(service.spec.hosts)} take {' and '.join(sorted(filter(None, taken)))} routes",
                        f"Write routes of that kind, or give the Gateway {NEEDS[kind]}.",
                    )


def _takes(server: Server) -> str | None:
    """The kind of routes a server takes; None when it can not be told."""
    protocol = (server.port.protocol or "").upper() if server.port is not None else ""
    if protocol in HTTP:
        return "http"
    mode = tls_mode(server)
    if protocol in ("HTTPS", "TLS"):
        if mode is None:
            return None
        if mode in PASSED_ON:
            return "tls"
        return "http" if protocol == "HTTPS" else "tcp"
    return "tcp" if protocol else None
