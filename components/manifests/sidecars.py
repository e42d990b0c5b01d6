"""What a workload's proxy is told of: one Sidecar for each whose dependencies are declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from components.api import Document, Resource
from components.api.networking.sidecar import IstioEgressListener, OutboundTrafficPolicy, Sidecar, WorkloadSelector
from components.api.networking.virtual_service import VirtualService
from components.manifests.names import (
    EGRESS_NAMESPACE,
    MESH_GATEWAY,
    ROOT_NAMESPACE,
    egress_host,
    service_host,
    workload_labels,
)
from components.manifests.places import metadata_of
from components.model import Dependency, ExternalService, Mesh, Namespace, Workload

NOTHING = "~/*"


def sidecar(mesh: Mesh, dependency: Dependency, routes: Iterable[Document]) -> Resource[Sidecar]:
    """`routes` are the mesh's VirtualServices: where they lead to is known, too, or it would be answered 503.

    The root namespace's services are known as well, for the proxy sends traces and asks for access there.
    """
    named = tuple(dict.fromkeys(_hosts(mesh, dependency, tuple(routes))))
    whole = {host.removesuffix("/*") for host in named if host.endswith("/*")}
    # A host that a namespace's star covers as well makes istiod warn.
    hosts = tuple(host for host in named if host.endswith("/*") or host.partition("/")[0] not in whole)
    return Resource(
        metadata=metadata_of(dependency.of, dependency.of.name),
        spec=Sidecar(
            workload_selector=WorkloadSelector(labels=workload_labels(dependency.of)),
            egress=(IstioEgressListener(hosts=(*hosts, f"{ROOT_NAMESPACE}/*") if hosts else (NOTHING,)),),
            outbound_traffic_policy=OutboundTrafficPolicy(mode=OutboundTrafficPolicy.Mode[dependency.outbound.value])
            if dependency.outbound
            else None,
        ),
    )


def _hosts(mesh: Mesh, dependency: Dependency, routes: tuple[Document, ...]) -> Iterator[str]:
    named = [host for target in dependency.on for host in _hosts_of(mesh, target)]
    for target in dependency.on:
        if isinstance(target, Namespace):
            yield f"{target.name}/*"
    known = {host: namespace for namespace, host in _known(mesh)}
    for host in _with_led_to(named, routes):
        if host in known:
            yield f"{known[host]}/{host}"


def _hosts_of(mesh: Mesh, target: Workload | Namespace | ExternalService) -> tuple[str, ...]:
    if isinstance(target, Workload):
        return (service_host(target),)
    if isinstance(target, ExternalService):
        return tuple(target.hosts)
    return tuple(host for namespace, host in _known(mesh) if namespace == target.name)


def _known(mesh: Mesh) -> Iterator[tuple[str, str]]:
    yield from ((workload.namespace, service_host(workload)) for workload in mesh.workloads)
    yield from ((external.namespace, host) for external in mesh.external_services for host in external.hosts)
    if mesh.egress_gateway:
        yield EGRESS_NAMESPACE, egress_host()


def _with_led_to(hosts: Iterable[str], routes: tuple[Document, ...]) -> tuple[str, ...]:
    """The hosts, and those that their routes inside the mesh send or mirror to."""
    found = dict.fromkeys(hosts)
    for document in routes:
        spec = document.spec if isinstance(document, Resource) else None
        if isinstance(spec, VirtualService) and MESH_GATEWAY in spec.gateways and any(h in found for h in spec.hosts):
            found.update(dict.fromkeys(_destinations(spec)))
    return tuple(found)


def _destinations(spec: VirtualService) -> Iterator[str]:
    for http in spec.http:
        destinations = [part.destination for part in http.route] + [http.mirror]
        destinations += [mirror.destination for mirror in http.mirrors]
        yield from (each.host for each in destinations if each and each.host)
    passed = [part.destination for tls in spec.tls for part in tls.route]
    passed += [part.destination for tcp in spec.tcp for part in tcp.route]
    yield from (each.host for each in passed if each and each.host)
