# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The messages of the Gateway API's apis/v1/tlsroute_types.go as frozen typed values."""

from __future__ import annotations

from components.api.gateway_api.shared import BackendRef, GatewayDefaultScope, ParentReference
from components.api.message import Message

__all__ = ["TLSRouteRule", "TLSRouteSpec"]


class TLSRouteSpec(Message, frozen=True, kw_only=True):
    """Where TLS connections go, told apart by SNI."""

    parent_refs: tuple[ParentReference, ...] = ()
    """Gateways, or Services, that the route attaches to. At most 32 items."""
    use_default_gateways: GatewayDefaultScope | None = None
    """Use default gateways: GatewayDefaultScope. Experimental channel only."""
    hostnames: tuple[str, ...] = ()
    """Names asked for in the TLS handshake. Required. 1 to 1024 items."""
    rules: tuple[TLSRouteRule, ...] = ()
    """Where the connections go. Required. 1 to 1 items."""


class TLSRouteRule(Message, frozen=True, kw_only=True):
    """TLS route rule."""

    name: str | None = None
    """Name: text. 1 to 253 characters."""
    backend_refs: tuple[BackendRef, ...] = ()
    """Backend refs: list of BackendRef. Required. 1 to 16 items."""
