"""All documents of a mesh, grouped by what must be there before what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components.api import Document
from components.manifests.destination_rules import destination_rule
from components.manifests.gateways import gateway
from components.manifests.security import peer_authentication
from components.manifests.virtual_services import virtual_service
from components.manifests.workloads import deployment, disruption_budget, namespace, service, service_account
from components.model import Mesh, Version, Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshDocuments:
    """Groups in the order in which they are made; within a group, order does not matter.

    Subsets come before the routes that use them: a route to a subset that no DestinationRule holds yet is answered
    503 (istio/istio issue 6335).
    """

    namespaces: tuple[Document, ...]
    security: tuple[Document, ...]
    services: Mapping[Workload, tuple[Document, ...]]
    deployments: Mapping[Version, tuple[Document, ...]]
    destination_rules: tuple[Document, ...]
    gateways: tuple[Document, ...]
    virtual_services: tuple[Document, ...]

    def __iter__(self) -> Iterator[Document]:
        yield from self.namespaces
        yield from self.security
        for group in (*self.services.values(), *self.deployments.values()):
            yield from group
        yield from self.destination_rules
        yield from self.gateways
        yield from self.virtual_services


def documents(mesh: Mesh) -> MeshDocuments:
    """Everything that the mesh declares, but for the image, which the Deployments are given later."""
    names = dict.fromkeys(workload.namespace for workload in mesh.workloads)
    return MeshDocuments(
        namespaces=tuple(namespace(name) for name in names),
        security=(peer_authentication(mesh.mutual_tls),),
        services={w: (service_account(w), service(w)) for w in mesh.workloads},
        deployments={v: _deployment_with_budget(v) for v in mesh.versions},
        destination_rules=tuple(destination_rule(mesh, workload) for workload in mesh.workloads),
        gateways=tuple(gateway(declared) for declared in mesh.gateways),
        virtual_services=tuple(virtual_service(declared) for declared in mesh.virtual_services),
    )


def _deployment_with_budget(version: Version) -> tuple[Document, ...]:
    budget = disruption_budget(version)
    return (deployment(version), budget) if budget else (deployment(version),)
