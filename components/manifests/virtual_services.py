"""What goes where: one VirtualService a host, its routes in the order in which they were declared."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.networking.virtual_service import VirtualService
from components.manifests.connection_routes import tcp_route, tls_route
from components.manifests.egress import onward_http, onward_name, onward_tls
from components.manifests.http_routes import http_route
from components.manifests.names import (
    INGRESS_NAMESPACE,
    MESH_GATEWAY,
    egress_reference,
    gateway_reference,
    service_host,
    virtual_service_name,
)
from components.model import ExternalService, GatewayHost, GatewayPort, Mesh, TCPRoute, TLSRoute, Workload
from components.model import VirtualService as DeclaredService
from components.model.split import service_of
from components.model.virtual_service import Host


def virtual_service(mesh: Mesh, declared: DeclaredService) -> Resource[VirtualService]:
    host = declared.host
    leaving = host if isinstance(host, ExternalService) and mesh.leaves_by_gateway(host) else None
    hosts = _hosts(host)
    port = host.number if isinstance(host, GatewayPort) else None
    http = tuple(http_route(route) for route in declared.routes)
    tls = tuple(tls_route(route, hosts) for route in declared.connections if isinstance(route, TLSRoute))
    return Resource(
        metadata=ObjectMeta(
            name=onward_name(leaving) if leaving else virtual_service_name(host), namespace=_namespace(declared)
        ),
        spec=VirtualService(
            hosts=hosts,
            gateways=(_gateway(mesh, host),),
            # Routes of one kind leave the other kind's ports to go on from the egress gateway as they come.
            http=http or (onward_http(leaving) if leaving else ()),
            tls=tls or (onward_tls(leaving) if leaving else ()),
            tcp=tuple(tcp_route(route, port) for route in declared.connections if isinstance(route, TCPRoute)),
        ),
    )


def _hosts(host: Host) -> tuple[str, ...]:
    if isinstance(host, Workload):
        return (service_host(host),)
    if isinstance(host, ExternalService):
        return tuple(host.hosts)
    # A connection to a port names no host.
    return ("*",) if isinstance(host, GatewayPort) else (host.name,)


def _gateway(mesh: Mesh, host: Host) -> str:
    if isinstance(host, (GatewayHost, GatewayPort)):
        return gateway_reference(host.gateway)
    if isinstance(host, ExternalService) and mesh.egress_gateway and mesh.leaves_by_gateway(host):
        return egress_reference(mesh.egress_gateway)
    return MESH_GATEWAY


def _namespace(declared: DeclaredService) -> str:
    """A host's routes live beside the workload that they reach, where its owner may edit them."""
    if isinstance(declared.host, (Workload, ExternalService)):
        return declared.host.namespace
    reached = [service_of(route.to.weights[0][0]) for route in declared.all_routes if route.to]
    inside = [service for service in reached if isinstance(service, Workload)]
    return (inside or reached)[-1].namespace if reached else INGRESS_NAMESPACE
