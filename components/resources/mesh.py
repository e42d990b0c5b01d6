"""A whole declared mesh in the cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi

from components.api import Document
from components.manifests import documents
from components.model import GivenCertificate, Mesh, Workload
from components.resources.certificates import CertificatePEM, certificate_secrets
from components.resources.objects import register
from components.resources.workload import WorkloadResources, WorkloadResourcesArgs


class MeshResourcesArgs(TypedDict):
    """What is declared, and what it runs."""

    mesh: Mesh
    images: Mapping[Workload, pulumi.Input[str]]
    """The image of every workload, by digest."""
    extra: NotRequired[Sequence[Document]]
    """Any other documents of `components.api`, made last."""
    certificates: NotRequired[Mapping[GivenCertificate, CertificatePEM]]
    """What every GivenCertificate of the mesh's gateways is."""
    protect: NotRequired[bool]
    """Keep the workloads' namespaces from being deleted."""


class MeshResources(pulumi.ComponentResource):
    """Namespaces and mutual TLS, then workloads and destination rules, then gateways, then the routes that use them.

    Raises `pulumi.RunError` for a workload without an image, or a given certificate without its PEM.
    """

    def __init__(self, name: str, args: MeshResourcesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("servicex-mesh:index:Mesh", name, {}, opts)
        mesh, groups = args["mesh"], documents(args["mesh"])
        missing = [workload.name for workload in mesh.workloads if workload not in args["images"]]
        if missing:
            raise pulumi.RunError(
                f"workload {missing[0]!r} has no image; give images one for each workload of the mesh"
            )
        in_namespace = self._register(groups.namespaces, [], protect=args.get("protect", False))
        secured = self._register(groups.security, in_namespace)
        self._register(groups.telemetry, in_namespace)
        for workload in mesh.workloads:
            WorkloadResources(
                workload.name,
                WorkloadResourcesArgs(workload=workload, documents=groups, image=args["images"][workload]),
                opts=pulumi.ResourceOptions(parent=self, depends_on=[*in_namespace, *secured]),
            )
        external = self._register(groups.external_services, in_namespace)
        rules = self._register(groups.destination_rules, [*in_namespace, *external])
        secrets = certificate_secrets(mesh, args.get("certificates", {}), pulumi.ResourceOptions(parent=self))
        issued = self._register(groups.certificates, [])
        gateways = self._register(groups.gateways, [*secrets, *issued])
        # A proxy is told of a route's destinations before it is told of the route.
        scoped = self._register(groups.sidecars, in_namespace)
        routed = self._register(groups.virtual_services, [*rules, *gateways, *scoped])
        self._register(tuple(args.get("extra", ())), routed)
        self.register_outputs({})

    def _register(
        self, group: Sequence[Document], after: Sequence[pulumi.Resource], *, protect: bool = False
    ) -> list[pulumi.Resource]:
        opts = pulumi.ResourceOptions(parent=self, depends_on=list(after), protect=protect or None)
        return [register(document, opts) for document in group]
