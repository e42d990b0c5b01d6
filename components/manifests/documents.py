"""All documents of a mesh, grouped by what must be there before what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components.api import Document
from components.manifests.certificates import certificate
from components.manifests.client_tls import with_client_tls
from components.manifests.destination_rules import destination_rule, external_destination_rules
from components.manifests.egress import egress_destination_rule, egress_gateway, egress_routes
from components.manifests.exports import exported
from components.manifests.external_services import service_entry
from components.manifests.gateways import gateway
from components.manifests.security import security
from components.manifests.sidecars import sidecar
from components.manifests.telemetry import telemetry
from components.manifests.virtual_services import virtual_service
from components.manifests.workloads import deployment, disruption_budget, namespace, service, service_account
from components.model import IssuedCertificate, Mesh, Version, Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshDocuments:
    """Groups in the order in which they are made; within a group, order does not matter.

    Subsets come before the routes that use them: a route to a subset that no DestinationRule holds yet is answered
    503 (istio/istio issue 6335).
    """

    namespaces: tuple[Document, ...]
    security: tuple[Document, ...]
    telemetry: tuple[Document, ...]
    services: Mapping[Workload, tuple[Document, ...]]
    deployments: Mapping[Version, tuple[Document, ...]]
    external_services: tuple[Document, ...]
    destination_rules: tuple[Document, ...]
    certificates: tuple[Document, ...]
    gateways: tuple[Document, ...]
    sidecars: tuple[Document, ...]
    virtual_services: tuple[Document, ...]

    def __iter__(self) -> Iterator[Document]:
        yield from self.namespaces
        yield from self.security
        yield from self.telemetry
        for group in (*self.services.values(), *self.deployments.values()):
            yield from group
        yield from self.external_services
        yield from self.destination_rules
        yield from self.certificates
        yield from self.gateways
        yield from self.sidecars
        yield from self.virtual_services


def documents(mesh: Mesh) -> MeshDocuments:
    """Everything that the mesh declares, but for the image, which the Deployments are given later."""
    names = dict.fromkeys(
        [w.namespace for w in mesh.workloads] + [external.namespace for external in mesh.external_services]
    )
    routes = (*(virtual_service(mesh, declared) for declared in mesh.virtual_services), *egress_routes(mesh))
    egress = mesh.egress_gateway
    return MeshDocuments(
        namespaces=tuple(namespace(name) for name in names),
        security=tuple(security(mesh)),
        telemetry=tuple(telemetry(declared) for declared in mesh.telemetry),
        services={w: exported(mesh, (service_account(w), service(w))) for w in mesh.workloads},
        deployments={v: _deployment_with_budget(v) for v in mesh.versions},
        external_services=tuple(service_entry(external) for external in mesh.external_services),
        destination_rules=(
            *exported(mesh, (with_client_tls(mesh, w, destination_rule(mesh, w)) for w in mesh.workloads)),
            *(rule for external in mesh.external_services for rule in external_destination_rules(mesh, external)),
            *((egress_destination_rule(egress),) if egress else ()),
        ),
        certificates=tuple(certificate(c) for c in mesh.certificates if isinstance(c, IssuedCertificate)),
        gateways=(
            *(gateway(declared) for declared in mesh.gateways),
            *((egress_gateway(egress),) if egress else ()),
        ),
        sidecars=tuple(sidecar(mesh, declared, routes) for declared in mesh.dependencies),
        virtual_services=exported(mesh, routes),
    )


def _deployment_with_budget(version: Version) -> tuple[Document, ...]:
    budget = disruption_budget(version)
    return (deployment(version), budget) if budget else (deployment(version),)
