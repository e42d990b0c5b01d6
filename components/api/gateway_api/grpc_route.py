# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The messages of the Gateway API's apis/v1/grpcroute_types.go as frozen typed values."""

from __future__ import annotations

from enum import Enum

from components.api.gateway_api.http_route import HTTPHeaderFilter, HTTPRequestMirrorFilter
from components.api.gateway_api.object_reference import LocalObjectReference
from components.api.gateway_api.shared import GatewayDefaultScope, ParentReference, SessionPersistence
from components.api.message import Message

__all__ = [
    "GRPCBackendRef",
    "GRPCHeaderMatch",
    "GRPCHeaderMatchType",
    "GRPCMethodMatch",
    "GRPCMethodMatchType",
    "GRPCRouteFilter",
    "GRPCRouteFilterType",
    "GRPCRouteMatch",
    "GRPCRouteRule",
    "GRPCRouteSpec",
]


class GRPCHeaderMatchType(Enum):
    """GRPC header match type."""

    Exact = "Exact"
    RegularExpression = "RegularExpression"


class GRPCMethodMatchType(Enum):
    """GRPC method match type."""

    Exact = "Exact"
    RegularExpression = "RegularExpression"


class GRPCRouteFilterType(Enum):
    """GRPC route filter type."""

    RequestHeaderModifier = "RequestHeaderModifier"
    ResponseHeaderModifier = "ResponseHeaderModifier"
    RequestMirror = "RequestMirror"
    ExtensionRef = "ExtensionRef"


class GRPCRouteSpec(Message, frozen=True, kw_only=True):
    """How gRPC calls to some hosts are routed."""

    parent_refs: tuple[ParentReference, ...] = ()
    """Gateways, or Services, that the route attaches to. At most 32 items."""
    use_default_gateways: GatewayDefaultScope | None = None
    """Use default gateways: GatewayDefaultScope. Experimental channel only."""
    hostnames: tuple[str, ...] = ()
    """Hosts, with * as the first label or in full. Not set: those of the listeners. At most 16 items."""
    rules: tuple[GRPCRouteRule, ...] = ()
    """The rules; the most specific match wins, whatever the order. At most 16 items."""


class GRPCRouteRule(Message, frozen=True, kw_only=True):
    """GRPC route rule."""

    name: str | None = None
    """Name: text. 1 to 253 characters."""
    matches: tuple[GRPCRouteMatch, ...] = ()
    """Matches: list of GRPCRouteMatch. At most 64 items."""
    filters: tuple[GRPCRouteFilter, ...] = ()
    """Filters: list of GRPCRouteFilter. At most 16 items."""
    backend_refs: tuple[GRPCBackendRef, ...] = ()
    """Backend refs: list of GRPCBackendRef. At most 16 items."""
    session_persistence: SessionPersistence | None = None
    """Session persistence: SessionPersistence. Experimental channel only."""


class GRPCRouteMatch(Message, frozen=True, kw_only=True):
    """GRPC route match."""

    method: GRPCMethodMatch | None = None
    """Method: GRPCMethodMatch."""
    headers: tuple[GRPCHeaderMatch, ...] = ()
    """Headers: list of GRPCHeaderMatch. At most 16 items."""


class GRPCMethodMatch(Message, frozen=True, kw_only=True):
    """GRPC method match."""

    type: GRPCMethodMatchType | None = None
    """Type: GRPCMethodMatchType. Not set: Exact."""
    service: str | None = None
    """Service: text. At most 1024 characters."""
    method: str | None = None
    """Method: text. At most 1024 characters."""


class GRPCHeaderMatch(Message, frozen=True, kw_only=True):
    """GRPC header match."""

    type: GRPCHeaderMatchType | None = None
    """Type: GRPCHeaderMatchType. Not set: Exact."""
    name: str | None = None
    """Name: text. Required. 1 to 256 characters."""
    value: str | None = None
    """Value: text. Required. 1 to 4096 characters."""


class GRPCRouteFilter(Message, frozen=True, kw_only=True):
    """GRPC route filter."""

    type: GRPCRouteFilterType | None = None
    """Type: GRPCRouteFilterType. Required."""
    request_header_modifier: HTTPHeaderFilter | None = None
    """Request header modifier: HTTPHeaderFilter."""
    response_header_modifier: HTTPHeaderFilter | None = None
    """Response header modifier: HTTPHeaderFilter."""
    request_mirror: HTTPRequestMirrorFilter | None = None
    """Request mirror: HTTPRequestMirrorFilter."""
    extension_ref: LocalObjectReference | None = None
    """Extension ref: LocalObjectReference."""


class GRPCBackendRef(Message, frozen=True, kw_only=True):
    """GRPC backend ref."""

    group: str | None = None
    """Group: text. At most 253 characters. Not set: ."""
    kind: str | None = None
    """Kind: text. 1 to 63 characters. Not set: Service."""
    name: str | None = None
    """Name: text. Required. 1 to 253 characters."""
    namespace: str | None = None
    """Namespace: text. 1 to 63 characters."""
    port: int | None = None
    """Port: a whole number. 1 to 65535."""
    weight: int | None = None
    """Weight: a whole number. 0 to 1000000. Not set: 1."""
    filters: tuple[GRPCRouteFilter, ...] = ()
    """Filters: list of GRPCRouteFilter. At most 16 items."""
