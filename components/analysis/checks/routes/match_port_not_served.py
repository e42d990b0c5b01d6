"""A match is for a port that neither the host nor a gateway has."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.host_lookup import Verdict
from components.analysis.snapshot import Snapshot
from components.api.networking.gateway import Gateway
from components.api.networking.virtual_service import VirtualService

CHECK = Check(
    code="M0236",
    title="a match is for a port that nothing serves",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Ports of HTTP matches against the ports of the hosts and of the gateways' servers; nothing is said where one of
    them is not among the documents. Source: HTTPMatchRequest.port; pilot, TranslateRoute.
    """
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            for number, match in enumerate(rule.match):
                if not match.port:
                    continue
                ports = _ports(snapshot, service, match.gateways or service.spec.gateways or (MESH,))
                if ports is not None and match.port not in ports:
                    served = ", ".join(map(str, sorted(ports))) or "none"
                    yield CHECK.found(
                        service,
                        f"spec.http[{index}].match[{number}].port",
                        f"nothing listens on port {match.port} for the hosts {', '.join(service.spec.hosts)}: the match"
                        " never holds",
                        f"Name a port of the host's Service or of the gateway (there are {served}), or leave it out.",
                    )


def _ports(snapshot: Snapshot, service: Declared[VirtualService], gateways: tuple[str, ...]) -> set[int] | None:
    """The ports that the places have where the rule holds; None when one is not known."""
    found: set[int] = set()
    for reference in gateways:
        if reference == MESH:
            if not service.spec.hosts:
                return None
            for host in service.spec.hosts:
                looked_up = snapshot.host_lookup.find(host, service.namespace)
                if looked_up.verdict is not Verdict.SEEN:
                    return None
                found |= looked_up.port_numbers
        else:
            gateway = snapshot.gateway_index.named(reference, service.namespace)
            if gateway is None or not isinstance(gateway.spec, Gateway):
                return None
            found |= {each.port.number or 0 for each in gateway.spec.servers if each.port is not None}
    return found
