"""A whole declared mesh in the cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi

from components.api import Document
from components.manifests import documents
from components.manifests.names import service_host
from components.model import GatewayHost, GivenCertificate, Mesh, Workload
from components.resources.certificates import CertificatePEM, certificate_secrets, require_given, secret_name
from components.resources.findings import Findings, require_sound
from components.resources.objects import object_name, register
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
    findings: NotRequired[Findings]
    """What the checks said of the mesh and `extra`, when they were asked before; otherwise they are asked now."""


class MeshResources(pulumi.ComponentResource):
    """Namespaces and mutual TLS, then workloads and destination rules, then gateways, then the routes that use them.

    Raises `pulumi.RunError`, before anything is registered, for a workload without an image, a given certificate without
    its PEM, or PEM that no gateway uses, and with all findings when one of them is an error.
    """

    hosts: pulumi.Output[list[str]]
    """The hosts that its gateways route."""
    service_hosts: pulumi.Output[dict[str, str]]
    """Under which name workloads are called inside the mesh, by workload as `workloads_by_name` names it."""
    objects: pulumi.Output[list[str]]
    """All that was made in the cluster, as `Kind/namespace/name`."""

    def __init__(self, name: str, args: MeshResourcesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        mesh, groups, given = args["mesh"], documents(args["mesh"]), args.get("certificates", {})
        missing = [workload.name for workload in mesh.workloads if workload not in args["images"]]
        if missing:
            raise pulumi.RunError(
                f"workload {missing[0]!r} has no image; give images one for each workload of the mesh"
            )
        require_given(mesh, given)
        extra = tuple(args.get("extra", ()))
        found = args.get("findings")
        self._findings = found if found is not None else require_sound([*groups, *extra])
        super().__init__("servicex-mesh:index:Mesh", name, {}, opts)
        in_namespace = self._register(groups.namespaces, [], protect=args.get("protect", False))
        secured = self._register(groups.security, in_namespace)
        self._register(groups.telemetry, in_namespace)
        for workload in mesh.workloads:
            WorkloadResources(
                workload.name,
                WorkloadResourcesArgs(
                    workload=workload, documents=groups, image=args["images"][workload], findings=self._findings
                ),
                opts=pulumi.ResourceOptions(parent=self, depends_on=[*in_namespace, *secured]),
            )
        external = self._register(groups.external_services, in_namespace)
        rules = self._register(groups.destination_rules, [*in_namespace, *external])
        secrets = certificate_secrets(mesh, given, pulumi.ResourceOptions(parent=self))
        issued = self._register(groups.certificates, [])
        gateways = self._register(groups.gateways, [*secrets, *issued])
        # A proxy is told of a route's destinations before it is told of the route.
        scoped = self._register(groups.sidecars, in_namespace)
        routed = self._register(groups.virtual_services, [*rules, *gateways, *scoped])
        self._register(extra, routed)
        named = workloads_by_name(mesh)
        self.hosts = pulumi.Output.from_input(
            [service.host.name for service in mesh.virtual_services if isinstance(service.host, GatewayHost)]
        )
        self.service_hosts = pulumi.Output.from_input(
            {name: service_host(workload) for name, workload in named.items()}
        )
        made = [*map(object_name, groups), *map(secret_name, given), *map(object_name, extra)]
        self.objects = pulumi.Output.from_input(made)
        self.register_outputs({"hosts": self.hosts, "serviceHosts": self.service_hosts, "objects": self.objects})

    def _register(
        self, group: Sequence[Document], after: Sequence[pulumi.Resource], *, protect: bool = False
    ) -> list[pulumi.Resource]:
        opts = pulumi.ResourceOptions(parent=self, depends_on=list(after), protect=protect or None)
        registered = [register(document, opts) for document in group]
        for document, resource in zip(group, registered, strict=True):
            self._findings.say(document, resource)
        return registered


def workloads_by_name(mesh: Mesh) -> dict[str, Workload]:
    """The mesh's workloads by name, as `namespace/name` where two namespaces have one of that name."""
    names = [workload.name for workload in mesh.workloads]
    return {
        workload.name if names.count(workload.name) == 1 else f"{workload.namespace}/{workload.name}": workload
        for workload in mesh.workloads
    }
