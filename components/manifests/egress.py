"""The way out by the egress gateway: what its proxies accept, and the two routes that lead to it and on from it.

A caller's proxy wraps requests in mutual TLS to the gateway, with the host as SNI, so that the gateway knows the caller
and tells the hosts apart; TLS that a program speaks by itself has an SNI already and is passed through (istio.io, Egress
Gateways).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass

from components.api import Document, ObjectMeta, Resource
from components.api.networking.destination_rule import ClientTLSSettings, DestinationRule, TrafficPolicy
from components.api.networking.destination_rule import Subset as SubsetSettings
from components.api.networking.gateway import Gateway, Port, Server, ServerTLSSettings
from components.api.networking.virtual_service import (
    Destination,
    HTTPMatchRequest,
    HTTPRetry,
    HTTPRoute,
    HTTPRouteDestination,
    PortSelector,
    RouteDestination,
    TLSMatchAttributes,
    TLSRoute,
    VirtualService,
)
from components.manifests.names import (
    EGRESS_LABELS,
    EGRESS_MUTUAL_PORT,
    EGRESS_NAMESPACE,
    EGRESS_PASSTHROUGH_PORT,
    MESH_GATEWAY,
    egress_host,
    egress_reference,
    external_rule_name,
)
from components.model import EgressGateway, ExternalPort, ExternalService, Mesh

Mode = ServerTLSSettings.TLSmode


def egress_gateway(declared: EgressGateway) -> Resource[Gateway]:
    """A server for each port of each service: of requests in the mesh's own TLS, or of TLS that passes through."""
    servers = tuple(_server(external, port) for external in declared.of for port in external.ports)
    return Resource(
        metadata=ObjectMeta(name=declared.name, namespace=EGRESS_NAMESPACE),
        spec=Gateway(selector=dict(EGRESS_LABELS), servers=servers),
    )


def egress_destination_rule(declared: EgressGateway) -> Resource[DestinationRule]:
    """How callers' proxies speak to the gateway: mutual TLS whose SNI is the host that is called, a subset for each."""
    subsets = tuple(
        SubsetSettings(
            name=external.name,
            traffic_policy=TrafficPolicy(
                port_level_settings=(
                    TrafficPolicy.PortTrafficPolicy(
                        port=PortSelector(number=EGRESS_MUTUAL_PORT),
                        tls=ClientTLSSettings(mode=ClientTLSSettings.TLSmode.ISTIO_MUTUAL, sni=external.hosts[0]),
                    ),
                )
            ),
        )
        for external in declared.of
        if any(port.protocol.of_requests for port in external.ports)
    )
    return Resource(
        metadata=ObjectMeta(name=declared.name, namespace=EGRESS_NAMESPACE),
        spec=DestinationRule(host=egress_host(), subsets=subsets),
    )


def egress_routes(mesh: Mesh) -> Iterator[Document]:
    """The route from callers to the gateway, and, where none is declared, the one from the gateway on."""
    gateway = mesh.egress_gateway
    for external in gateway.of if gateway else ():
        name = external_rule_name(external.hosts[0])
        hops = [_Hop(port, at=port.number, to=_gateway_port(external, port)) for port in external.ports]
        yield _virtual_service(external, name, MESH_GATEWAY, _http(hops), _tls(external, hops))
        if gateway and not any(service.host == external for service in mesh.virtual_services):
            reference = egress_reference(gateway)
            yield _virtual_service(
                external, onward_name(external), reference, onward_http(external), onward_tls(external)
            )


def onward_name(external: ExternalService) -> str:
    """Of the route from the gateway on; the one to the gateway has the host's own name."""
    return f"{external_rule_name(external.hosts[0])}.egress"


def onward_http(external: ExternalService) -> tuple[HTTPRoute, ...]:
    """From the gateway on, where no route of requests is declared."""
    return _http(_onward(external))


def onward_tls(external: ExternalService) -> tuple[TLSRoute, ...]:
    """From the gateway on, where no route of TLS is declared."""
    return _tls(external, _onward(external))


def left_by(port: ExternalPort) -> int:
    """The gateway's port by which calls to the service's port leave."""
    return EGRESS_MUTUAL_PORT if port.protocol.of_requests else EGRESS_PASSTHROUGH_PORT


@dataclass(frozen=True, slots=True)
class _Hop:
    """One step of a call to a port of the service: the port by which it comes, and where it goes."""

    port: ExternalPort
    _: KW_ONLY
    at: int
    to: Destination


def _virtual_service(
    external: ExternalService, name: str, gateway: str, http: tuple[HTTPRoute, ...], tls: tuple[TLSRoute, ...]
) -> Resource[VirtualService]:
    return Resource(
        metadata=ObjectMeta(name=name, namespace=external.namespace),
        spec=VirtualService(hosts=tuple(external.hosts), gateways=(gateway,), http=http, tls=tls),
    )


def _onward(external: ExternalService) -> list[_Hop]:
    return [_Hop(port, at=left_by(port), to=_outside(external, port)) for port in external.ports]


def _http(hops: Sequence[_Hop]) -> tuple[HTTPRoute, ...]:
    return tuple(
        HTTPRoute(
            match=(HTTPMatchRequest(port=hop.at),),
            route=(HTTPRouteDestination(destination=hop.to),),
            # Explicit, as on every route: Istio's own default of two more tries hides failures, here once for each hop.
            retries=HTTPRetry(attempts=0),
        )
        for hop in hops
        if hop.port.protocol.of_requests
    )


def _tls(external: ExternalService, hops: Sequence[_Hop]) -> tuple[TLSRoute, ...]:
    return tuple(
        TLSRoute(
            match=(TLSMatchAttributes(sni_hosts=tuple(external.hosts), port=hop.at),),
            route=(RouteDestination(destination=hop.to),),
        )
        for hop in hops
        if not hop.port.protocol.of_requests
    )


def _gateway_port(external: ExternalService, port: ExternalPort) -> Destination:
    of_requests = port.protocol.of_requests
    return Destination(
        host=egress_host(), subset=external.name if of_requests else None, port=PortSelector(number=left_by(port))
    )


def _outside(external: ExternalService, port: ExternalPort) -> Destination:
    return Destination(host=external.hosts[0], port=PortSelector(number=port.number))


def _server(external: ExternalService, port: ExternalPort) -> Server:
    protocol, mode = ("HTTPS", Mode.ISTIO_MUTUAL) if port.protocol.of_requests else ("TLS", Mode.PASSTHROUGH)
    # istiod drops a server whose port has the name of another's (istio.io, Network problems, on port conflicts).
    name = f"{protocol.lower()}-{external.name}"
    return Server(
        port=Port(number=left_by(port), name=name, protocol=protocol),
        hosts=tuple(external.hosts),
        tls=ServerTLSSettings(mode=mode),
    )
