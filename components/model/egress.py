"""The one way out of the mesh: proxies of their own through which calls to services outside leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.external_services import ExternalService
from components.model.names import require_label
from components.model.protocols import Protocol


@dataclass(frozen=True, slots=True)
class EgressGateway:
    """Calls to these services outside leave by the egress gateway's proxies and from nowhere else.

    Callers speak mutual TLS to the gateway for ports of requests, so it knows who calls, and what a TrafficPolicy of the
    service says (TLS origination, limits) is done there; TLS ports are passed through by their SNI. Routes declared for the
    service (`VirtualService(<service>, ...)`) are those of the gateway's proxies.

    A program without a sidecar is not held back by any of this: only a network policy keeps it from going out by itself
    (istio.io, Egress Gateways, Additional security considerations).

    Raises `ValueError` for no service or one given twice, and for one whose calls can not be told apart at the gateway: of
    several hosts or of a wildcard, with a TCP port, or with two ports of requests.
    """

    name: str
    _: KW_ONLY
    of: Sequence[ExternalService]

    def __post_init__(self) -> None:
        object.__setattr__(self, "of", tuple(self.of))
        require_label("the egress gateway's name", self.name)
        if not self.of:
            raise ValueError(f"egress gateway {self.name!r} is for no service; give it at least one ExternalService")
        for external in self.of:
            what = f"egress gateway {self.name!r} is for external service {external.name!r}"
            if self.of.count(external) > 1:
                raise ValueError(f"{what} twice; give it once")
            if [other.name for other in self.of].count(external.name) > 1:
                raise ValueError(
                    f"{what}, and for another of that name in another namespace; the gateway tells them apart by name. "
                    "Give one of them another"
                )
            if len(external.hosts) > 1 or external.hosts[0].startswith("*"):
                raise ValueError(
                    f"{what}, whose hosts are {', '.join(external.hosts)}; at the gateway they could not be told apart. "
                    "Declare an ExternalService for each host, without '*'"
                )
            tcp = [port.number for port in external.ports if port.protocol is Protocol.TCP]
            if tcp:
                raise ValueError(
                    f"{what}, whose port {tcp[0]} is TCP and names no host at the gateway; "
                    "declare the port as TLS or HTTP, or leave the service out"
                )
            for kind in (True, False):
                ports = [port.number for port in external.ports if port.protocol.of_requests is kind]
                if len(ports) > 1:
                    raise ValueError(
                        f"{what}, whose ports {' and '.join(map(str, ports))} could not be told apart at the gateway; "
                        "declare an ExternalService for each"
                    )
