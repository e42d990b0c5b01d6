"""Who is told of a workload: exportTo on what is about it, once its documents are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from components.api import Document, Resource
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.virtual_service import VirtualService
from components.manifests.names import INGRESS_NAMESPACE, MESH_GATEWAY, service_host
from components.model import ExternalDestination, GatewayHost, GatewayPort, Mesh, Namespace, Workload
from components.model.split import workload_of

ANNOTATION = "networking.istio.io/exportTo"
"""What a Service has in place of a field of its own."""


def exported(mesh: Mesh, group: Iterable[Document]) -> tuple[Document, ...]:
    """The documents, those about exported workloads told to their namespaces only."""
    namespaces = {service_host(export.of): _namespaces(mesh, export.of, export.to) for export in mesh.exports}
    services = {(export.of.namespace, export.of.service): service_host(export.of) for export in mesh.exports}
    return tuple(_exported(document, namespaces, services) for document in group)


def _namespaces(mesh: Mesh, workload: Workload, to: Sequence[Namespace]) -> tuple[str, ...]:
    named = [workload.namespace, *(namespace.name for namespace in to)]
    if _entered(mesh, workload):
        named.append(INGRESS_NAMESPACE)
    return tuple(dict.fromkeys(named))


def _entered(mesh: Mesh, workload: Workload) -> bool:
    """Whether a gateway routes to the workload: its proxies must know it, or they answer 503."""
    return any(
        workload_of(destination) == workload
        for service in mesh.virtual_services
        if isinstance(service.host, (GatewayHost, GatewayPort))
        for destination in service.destinations
        if not isinstance(destination, ExternalDestination)
    )


def _exported(
    document: Document, namespaces: dict[str, tuple[str, ...]], services: dict[tuple[str, str], str]
) -> Document:
    spec = document.spec if isinstance(document, Resource) else None
    if isinstance(spec, ServiceSpec):
        meta = document.metadata
        host = services.get((meta.namespace or "", meta.name or ""))
        if host is None:
            return document
        annotations = {**meta.annotations, ANNOTATION: ",".join(namespaces[host])}
        return replace(document, metadata=replace(meta, annotations=annotations))
    if isinstance(spec, DestinationRule) and spec.host in namespaces:
        return replace(document, spec=replace(spec, export_to=namespaces[spec.host]))
    if isinstance(spec, VirtualService) and MESH_GATEWAY in spec.gateways and spec.hosts[0] in namespaces:
        # What is for callers inside the mesh only; a gateway's routes stay known to the gateway.
        return replace(document, spec=replace(spec, export_to=namespaces[spec.hosts[0]]))
    return document
