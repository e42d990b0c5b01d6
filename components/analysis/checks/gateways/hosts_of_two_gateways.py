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

Selector = frozenset[tuple[str, str]]
NAMED = 5
"""Most Gateways that a message names for one host."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Servers of different Gateways with equal port, bind and host, on a workload that both select."""
    places: dict[tuple[int, str, str], list[GatewayPort]] = defaultdict(list)
    for gateway in snapshot.gateways:
        for number, server in enumerate(gateway.spec.servers):
            port = GatewayPort(gateway, number, server)
            for host in dict.fromkeys(server.hosts):
                places[port.number or 0, server.bind or "", host].append(port)
    conflicts: dict[tuple[str, int], tuple[GatewayPort, set[str]]] = {}
    for ports in places.values():
        groups: dict[Selector, list[GatewayPort]] = defaultdict(list)
        for each in ports:
            groups[frozenset(each.gateway.spec.selector.items())].append(each)
        for selector, members in groups.items():
            near = sorted(
                {
                    str(each.gateway)
                    for other, others in groups.items()
                    if _share(snapshot, selector, other)
                    for each in others
                }
            )
            for one in members:
                others = [each for each in near if each != str(one.gateway)][:NAMED]
                if others:
                    conflicts.setdefault((str(one.gateway), one.position), (one, set()))[1].update(others)
    for one, named in conflicts.values():
        yield CHECK.found(
            one.gateway,
            f"{one.field}.hosts",
            f"port {one.number or 0} of the workloads with {selector_text(one.gateway.spec.selector) or 'any label'} has"
            f" the hosts {', '.join(one.server.hosts)} in Gateway {', '.join(sorted(named))} as well; which server is"
            " used is not defined",
            "Put the host into one Gateway, or give the Gateways different ports, hosts or selectors.",
        )


def _share(snapshot: Snapshot, one: Selector, other: Selector) -> bool:
    """Whether some workload is selected by both; equal selectors need none to be known."""
    if one == other:
        return True
    return (one <= other or other <= one) and bool(snapshot.workloads.selected(dict(one | other)))
