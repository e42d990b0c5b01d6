"""The strings that objects become: names, labels, hosts. Two places that mean one thing ask here, so they can not differ."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from components.model import (
    EgressGateway,
    ExternalService,
    Gateway,
    GatewayHost,
    GatewayPort,
    Identity,
    Subset,
    Version,
    Workload,
)

ROOT_NAMESPACE = "istio-system"
"""Where a PeerAuthentication without selector holds for the whole mesh (MeshConfig's rootNamespace)."""

INGRESS_NAMESPACE = "istio-ingress"
INGRESS_NAME = "istio-ingress"
"""The ingress gateway's Deployment and Service."""

INGRESS_LABELS: Mapping[str, str] = MappingProxyType({"istio": "ingress"})
"""What a Gateway selects. The chart derives the value from its release's name: istio-ingress without 'istio-'."""

EGRESS_NAMESPACE = "istio-egress"
EGRESS_NAME = "istio-egress"
"""The egress gateway's Deployment and Service, where a mesh declares one."""

EGRESS_LABELS: Mapping[str, str] = MappingProxyType({"istio": "egress"})

EGRESS_MUTUAL_PORT = 8443
"""Where callers' requests come in, in the mesh's own mutual TLS."""

EGRESS_PASSTHROUGH_PORT = 443
"""Where TLS of the callers' own comes in; apart from the other port, for one host may have both."""

TRUST_DOMAIN = "cluster.local"
"""The first part of every identity (MeshConfig's trustDomain, as Istio's charts leave it)."""

MESH_GATEWAY = "mesh"
"""Istio's reserved word for every sidecar."""


def service_host(workload: Workload) -> str:
    """The workload's full name; short ones mean different things in different namespaces (istio/istio issue 42032)."""
    return f"{workload.service}.{workload.namespace}.svc.cluster.local"


def ingress_host() -> str:
    return f"{INGRESS_NAME}.{INGRESS_NAMESPACE}.svc.cluster.local"


def egress_host() -> str:
    return f"{EGRESS_NAME}.{EGRESS_NAMESPACE}.svc.cluster.local"


def external_rule_name(host: str) -> str:
    """Of what is about a host outside; its dots keep it apart from what is about workloads, whose names are labels."""
    return host.replace("*", "any")


def workload_labels(workload: Workload) -> dict[str, str]:
    return {"app": workload.name}


def principal(identity: Identity) -> str:
    """The identity as access rules compare it: a SPIFFE name without its scheme, in Istio's default trust domain."""
    account = identity.of
    if isinstance(account, Gateway):
        return f"{TRUST_DOMAIN}/ns/{INGRESS_NAMESPACE}/sa/{INGRESS_NAME}"
    return f"{TRUST_DOMAIN}/ns/{account.namespace}/sa/{account.name}"


def version_labels(version: Version) -> dict[str, str]:
    return {**workload_labels(version.workload), "version": version.name}


def deployment_name(version: Version) -> str:
    return f"{version.workload.name}-{version.name}"


def subset_name(destination: Workload | Version | Subset) -> str | None:
    """The DestinationRule's subset that holds these endpoints; None for all of the workload's."""
    return None if isinstance(destination, Workload) else destination.name


def subset_labels(destination: Version | Subset) -> dict[str, str]:
    target = destination.of if isinstance(destination, Subset) else destination
    return workload_labels(target) if isinstance(target, Workload) else version_labels(target)


def gateway_reference(gateway: Gateway) -> str:
    return f"{INGRESS_NAMESPACE}/{gateway.name}"


def egress_reference(gateway: EgressGateway) -> str:
    return f"{EGRESS_NAMESPACE}/{gateway.name}"


def virtual_service_name(host: GatewayHost | GatewayPort | Workload | ExternalService) -> str:
    """A host's own name: its dots keep a.b.test and a-b.test apart, and both from workloads, whose names have none."""
    if isinstance(host, Workload):
        return host.service
    if isinstance(host, GatewayPort):
        return f"{host.gateway.name}.{host.number}"
    return external_rule_name(host.hosts[0] if isinstance(host, ExternalService) else host.name)
