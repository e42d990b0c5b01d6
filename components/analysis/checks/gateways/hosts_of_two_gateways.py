"""Two Gateways of one workload have a host on one port in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import GatewayPort, selector_text
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0506",
    title="two Gateways have the same host on the same port",
    severity=Severity.ERROR,
    reads=("Gateway",),
    istio="IST0145",
    kiali="KIA0301",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Servers of different Gateways with equal port, bind and host, on a workload that both select."""
    index = snapshot.gateway_index
    places: dict[tuple[int, str, str], list[GatewayPort]] = defaultdict(list)
    for gateway in snapshot.gateways:
        for number, server in enumerate(gateway.spec.servers):
            port = GatewayPort(gateway, number, server)
            for host in dict.fromkeys(server.hosts):
                places[port.number or 0, server.bind or "", host].append(port)
    conflicts: dict[tuple[str, int], tuple[GatewayPort, set[str]]] = {}
    for ports in places.values():
        if len({str(each.gateway) for each in ports}) < 2:
            continue
        for one in ports:
            for other in ports:
                if str(one.gateway) != str(other.gateway) and _share(snapshot, one, other):
                    key = (str(one.gateway), one.position)
                    conflicts.setdefault(key, (one, set()))[1].add(str(other.gateway))
    for one, others in conflicts.values():
        selector = selector_text(one.gateway.spec.selector) or "no selector"
        if one.gateway.spec.selector and not index.workloads(one.gateway):
            where = f"selector {selector}"
        else:
            where = f"workloads with {selector}"
        yield CHECK.found(
            one.gateway,
            f"{one.field}.hosts",
            f"port {one.number or 0} of {where} has the hosts {', '.join(one.server.hosts)} in Gateway"
            f" {', '.join(sorted(others))} as well; which server is used is not defined",
            "Put the host into one Gateway, or give the Gateways different ports, hosts or selectors.",
        )


def _share(snapshot: Snapshot, one: GatewayPort, other: GatewayPort) -> bool:
    first, second = one.gateway.spec.selector, other.gateway.spec.selector
    if first == second:
        return True
    if not (first.items() <= second.items() or second.items() <= first.items()):
        return False
    narrow = other.gateway if first.items() <= second.items() else one.gateway
    return bool(snapshot.gateway_index.workloads(narrow))
