"""Istio's control plane and ingress gateway, as other languages declare them."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, cast

import pulumi

from components import resources


class IstioArgs(TypedDict):
    """How Istio is installed."""

    version: str
    """Version of Istio's Helm charts, 1.30 or later. Not used with charts."""
    charts: NotRequired[str]
    """A folder with Istio's charts (base, istio-control/istio-discovery, gateway) to use instead of the version."""
    gateway_service: NotRequired[str]
    """Type of the ingress gateway's Service, such as NodePort; LoadBalancer when left out."""
    egress_gateway: NotRequired[bool]
    """Install the egress gateway too, which a mesh with an EgressGateway needs."""
    values: NotRequired[Mapping[str, Mapping[str, Any]]]
    """Helm values on top of ours, by chart: base, istiod, gateway, egress."""
    protect: NotRequired[bool]
    """Keep namespaces and CRDs from being deleted; deleting a CRD deletes every object of its kind."""


class Istio(resources.Istio):
    """Istio's charts base (its CRDs), istiod and gateway, each after the one before. Let a Mesh depend on it."""

    gateway_host: pulumi.Output[str]
    """Where workloads in the cluster reach the ingress gateway."""

    def __init__(self, name: str, args: IstioArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, cast("resources.IstioArgs", args), opts)
