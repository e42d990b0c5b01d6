# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""Istio's kinds: their groups, versions and classes."""

from __future__ import annotations

from components.api.registry import Kind

__all__ = ["KINDS"]

KINDS = (
    Kind(
        "TrafficExtension",
        "extensions.istio.io",
        ("v1alpha1",),
        "extensions.traffic_extension",
        "TrafficExtension",
        spec_required=True,
    ),
    Kind("WasmPlugin", "extensions.istio.io", ("v1alpha1",), "extensions.wasm", "WasmPlugin", spec_required=True),
    Kind(
        "DestinationRule",
        "networking.istio.io",
        ("v1", "v1beta1", "v1alpha3"),
        "networking.destination_rule",
        "DestinationRule",
    ),
    Kind("EnvoyFilter", "networking.istio.io", ("v1alpha3",), "networking.envoy_filter", "EnvoyFilter"),
    Kind("Gateway", "networking.istio.io", ("v1", "v1beta1", "v1alpha3"), "networking.gateway", "Gateway"),
    Kind("ProxyConfig", "networking.istio.io", ("v1beta1",), "networking.proxy_config", "ProxyConfig"),
    Kind(
        "ServiceEntry",
        "networking.istio.io",
        ("v1", "v1beta1", "v1alpha3"),
        "networking.service_entry",
        "ServiceEntry",
        spec_required=True,
    ),
    Kind("Sidecar", "networking.istio.io", ("v1", "v1beta1", "v1alpha3"), "networking.sidecar", "Sidecar"),
    Kind(
        "VirtualService",
        "networking.istio.io",
        ("v1", "v1beta1", "v1alpha3"),
        "networking.virtual_service",
        "VirtualService",
    ),
    Kind(
        "WorkloadEntry",
        "networking.istio.io",
        ("v1", "v1beta1", "v1alpha3"),
        "networking.workload_entry",
        "WorkloadEntry",
        spec_required=True,
    ),
    Kind(
        "WorkloadGroup",
        "networking.istio.io",
        ("v1", "v1beta1", "v1alpha3"),
        "networking.workload_group",
        "WorkloadGroup",
        spec_required=True,
    ),
    Kind(
        "AuthorizationPolicy",
        "security.istio.io",
        ("v1", "v1beta1"),
        "security.authorization_policy",
        "AuthorizationPolicy",
    ),
    Kind(
        "PeerAuthentication",
        "security.istio.io",
        ("v1", "v1beta1"),
        "security.peer_authentication",
        "PeerAuthentication",
    ),
    Kind(
        "RequestAuthentication",
        "security.istio.io",
        ("v1", "v1beta1"),
        "security.request_authentication",
        "RequestAuthentication",
    ),
    Kind("Telemetry", "telemetry.istio.io", ("v1", "v1alpha1"), "telemetry.telemetry", "Telemetry"),
)
