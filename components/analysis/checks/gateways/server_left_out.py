"""Servers of one port can not be joined, and istiod leaves one of them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import GatewayPort
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0509",
    title="servers of one port can not be joined",
    severity=Severity.WARNING,
    reads=("Gateway",),
)

HTTP = frozenset({"HTTP", "HTTP2", "GRPC", "GRPC-WEB", "GRPC-WEB-TEXT"})
Selector = frozenset[tuple[str, str]]


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Servers with equal port and bind on the same workload: HTTP joins HTTP, TLS joins TLS with other hosts, plain TCP
    joins nothing. The later Gateway loses. Source: pilot, mergeGateways; istio.io, Network issues, Port conflict.
    """
    places: dict[tuple[int, str, Selector], list[GatewayPort]] = defaultdict(list)
    for gateway in snapshot.gateways:
        selector = frozenset(gateway.spec.selector.items())
        for number, server in enumerate(gateway.spec.servers):
            if server.port is not None and server.port.number:
                place = server.port.number, server.bind or "", selector
                places[place].append(GatewayPort(gateway, number, server))
    for (port, _, _), servers in places.items():
        kinds: dict[str, list[GatewayPort]] = defaultdict(list)
        for each in servers:
            kinds[_kind(each)].append(each)
        mixed = len(kinds) > 1
        for kind, members in kinds.items():
            if mixed or (kind == "TCP" and len(members) > 1):
                said = ", ".join(sorted(kinds)) if mixed else "TCP twice"
                for each in members:
                    yield CHECK.found(
                        each.gateway,
                        f"{each.field}.port",
                        f"the servers of port {port} are {said} on the same workloads: istiod keeps one kind and leaves"
                        " the others out",
                        "Give each its own port; only HTTP joins HTTP, and TLS joins TLS.",
                    )
            elif kind == "TLS":
                yield from _twice(port, members)


def _twice(port: int, servers: list[GatewayPort]) -> Iterator[Finding]:
    """Servers of one Gateway with TLS for one host; those of two are M0506's."""
    seen: dict[tuple[str, str], GatewayPort] = {}
    for each in servers:
        for host in dict.fromkeys(each.server.hosts):
            first = seen.setdefault((str(each.gateway), host), each)
            if first is not each:
                yield CHECK.found(
                    each.gateway,
                    f"{each.field}.hosts",
                    f"{host!r} has TLS at port {port} in {first.field} already: istiod leaves this server out",
                    "Name each host in one TLS server of a port.",
                )


def _kind(each: GatewayPort) -> str:
    if each.protocol in HTTP:
        return "HTTP"
    return "TLS" if each.server.tls is not None or each.protocol in ("HTTPS", "TLS") else "TCP"
