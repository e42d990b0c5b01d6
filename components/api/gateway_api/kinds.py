# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The Gateway API's kinds: their groups, versions and classes."""

from __future__ import annotations

from components.api.registry import Kind

__all__ = ["KINDS"]

KINDS = (
    Kind(
        "GRPCRoute", "gateway.networking.k8s.io", ("v1",), "gateway_api.grpc_route", "GRPCRouteSpec", spec_required=True
    ),
    Kind(
        "Gateway",
        "gateway.networking.k8s.io",
        ("v1", "v1beta1"),
        "gateway_api.gateway",
        "GatewaySpec",
        spec_required=True,
    ),
    Kind(
        "HTTPRoute",
        "gateway.networking.k8s.io",
        ("v1", "v1beta1"),
        "gateway_api.http_route",
        "HTTPRouteSpec",
        spec_required=True,
    ),
    Kind(
        "ReferenceGrant",
        "gateway.networking.k8s.io",
        ("v1", "v1beta1"),
        "gateway_api.reference_grant",
        "ReferenceGrantSpec",
        spec_required=True,
    ),
    Kind(
        "TLSRoute",
        "gateway.networking.k8s.io",
        ("v1", "v1alpha3", "v1alpha2"),
        "gateway_api.tls_route",
        "TLSRouteSpec",
        spec_required=True,
    ),
)
