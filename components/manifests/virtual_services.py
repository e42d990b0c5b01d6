"""Which requests go where: one VirtualService a host, its routes in the order in which they were declared."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.networking.virtual_service import VirtualService
from components.manifests.http_routes import http_route
from components.manifests.names import (
    INGRESS_NAMESPACE,
    MESH_GATEWAY,
    gateway_reference,
    service_host,
    virtual_service_name,
)
from components.model import VirtualService as DeclaredService
from components.model import Workload


def virtual_service(declared: DeclaredService) -> Resource[VirtualService]:
    host = declared.host
    return Resource(
        metadata=ObjectMeta(name=virtual_service_name(host), namespace=_namespace(declared)),
        spec=VirtualService(
            hosts=(service_host(host) if isinstance(host, Workload) else host.name,),
            gateways=(MESH_GATEWAY if isinstance(host, Workload) else gateway_reference(host.gateway),),
            http=tuple(http_route(route) for route in declared.routes),
        ),
    )


def _namespace(declared: DeclaredService) -> str:
    """A host's routes live beside the workload that they reach, where its owner may edit them."""
    if isinstance(declared.host, Workload):
        return declared.host.namespace
    reached = [route.workload.namespace for route in declared.routes if route.workload]
    return reached[-1] if reached else INGRESS_NAMESPACE
