# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The messages of the Gateway API's apis/v1/gateway_types.go as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.gateway_api.object_reference import ObjectReference, SecretObjectReference
from components.api.gateway_api.shared import GatewayDefaultScope
from components.api.kubernetes.deployment import LabelSelector
from components.api.message import Message

__all__ = [
    "AllowedListeners",
    "AllowedRoutes",
    "FromNamespaces",
    "FrontendTLSConfig",
    "FrontendTLSValidation",
    "FrontendValidationModeType",
    "GatewayBackendTLS",
    "GatewayInfrastructure",
    "GatewaySpec",
    "GatewaySpecAddress",
    "GatewayTLSConfig",
    "Listener",
    "ListenerNamespaces",
    "ListenerTLSConfig",
    "LocalParametersReference",
    "RouteGroupKind",
    "RouteNamespaces",
    "TLSConfig",
    "TLSModeType",
    "TLSPortConfig",
]


class FromNamespaces(Enum):
    """From namespaces."""

    All = "All"
    Selector = "Selector"
    Same = "Same"
    None_ = "None"


class FrontendValidationModeType(Enum):
    """Frontend validation mode type."""

    AllowValidOnly = "AllowValidOnly"
    AllowInsecureFallback = "AllowInsecureFallback"


class TLSModeType(Enum):
    """TLS mode type."""

    Terminate = "Terminate"
    Passthrough = "Passthrough"


class GatewaySpec(Message, frozen=True, kw_only=True):
    """Ports that a gateway listens on; with Istio's class, a Deployment and a Service are made for it."""

    gateway_class_name: str | None = None
    """Class that says who runs the gateway, such as istio or istio-waypoint. Required. 1 to 253
    characters.
    """
    listeners: tuple[Listener, ...] = ()
    """The ports, each with protocol, hosts, TLS and the routes that may attach. Required. 1 to 64
    items.
    """
    addresses: tuple[GatewaySpecAddress, ...] = ()
    """Addresses to listen on. Not set: given by the class. At most 16 items."""
    infrastructure: GatewayInfrastructure | None = None
    """Labels, annotations and settings for what is made for the gateway."""
    allowed_listeners: AllowedListeners | None = None
    """Who may add listeners to the gateway."""
    tls: GatewayTLSConfig | None = None
    """TLS towards backends, and checks of clients' certificates."""
    default_scope: GatewayDefaultScope | None = None
    """Default scope: GatewayDefaultScope. Experimental channel only."""


class AllowedListeners(Message, frozen=True, kw_only=True):
    """Allowed listeners."""

    namespaces: ListenerNamespaces | None = None
    """Namespaces: ListenerNamespaces."""


class ListenerNamespaces(Message, frozen=True, kw_only=True):
    """Listener namespaces."""

    from_: FromNamespaces | None = None
    """From: FromNamespaces. Not set: None."""
    selector: LabelSelector | None = None
    """Selector: LabelSelector."""


class Listener(Message, frozen=True, kw_only=True):
    """One port of a gateway for one host."""

    name: str | None = None
    """Name that routes refer to; unique in the gateway. Required. 1 to 253 characters."""
    hostname: str | None = None
    """Host that is served, with * as the first label or in full. Not set: all. 1 to 253 characters."""
    port: int | None = None
    """Port that is listened on; several listeners may share it when protocol and host tell them apart.
    Required. 1 to 65535.
    """
    protocol: str | None = None
    """HTTP, HTTPS, TLS, TCP or UDP, or one of the implementation's own. Required. 1 to 255 characters."""
    tls: ListenerTLSConfig | None = None
    """Certificates; for HTTPS and TLS only."""
    allowed_routes: AllowedRoutes | None = None
    """Routes that may attach. Not set: those of the gateway's namespace."""


class GatewayBackendTLS(Message, frozen=True, kw_only=True):
    """Gateway backend TLS."""

    client_certificate_ref: SecretObjectReference | None = None
    """Client certificate ref: SecretObjectReference."""


class ListenerTLSConfig(Message, frozen=True, kw_only=True):
    """TLS of a listener."""

    mode: TLSModeType | None = None
    """Terminate: decrypted here; Passthrough: left to the backend. Not set: Terminate."""
    certificate_refs: tuple[SecretObjectReference, ...] = ()
    """Secrets with certificate and key; one at least when TLS ends here. At most 64 items."""
    options: Mapping[str, str] = {}
    """Settings of the implementation. At most 16 entries."""


class GatewayTLSConfig(Message, frozen=True, kw_only=True):
    """Gateway TLS config."""

    backend: GatewayBackendTLS | None = None
    """Backend: GatewayBackendTLS."""
    frontend: FrontendTLSConfig | None = None
    """Frontend: FrontendTLSConfig."""


class FrontendTLSConfig(Message, frozen=True, kw_only=True):
    """Frontend TLS config."""

    default: TLSConfig | None = None
    """Default: TLSConfig. Required."""
    per_port: tuple[TLSPortConfig, ...] = ()
    """Per port: list of TLSPortConfig. At most 64 items."""


class TLSConfig(Message, frozen=True, kw_only=True):
    """TLS config."""

    validation: FrontendTLSValidation | None = None
    """Validation: FrontendTLSValidation."""


class TLSPortConfig(Message, frozen=True, kw_only=True):
    """TLS port config."""

    port: int | None = None
    """Port: a whole number. Required. 1 to 65535."""
    tls: TLSConfig | None = None
    """TLS: TLSConfig. Required."""


class FrontendTLSValidation(Message, frozen=True, kw_only=True):
    """Frontend TLS validation."""

    ca_certificate_refs: tuple[ObjectReference, ...] = ()
    """CA certificate refs: list of ObjectReference. Required. 1 to 16 items."""
    mode: FrontendValidationModeType | None = None
    """Mode: FrontendValidationModeType. Not set: AllowValidOnly."""


class AllowedRoutes(Message, frozen=True, kw_only=True):
    """Routes that may attach to a listener."""

    namespaces: RouteNamespaces | None = None
    """Namespaces they may be in. Not set: that of the gateway."""
    kinds: tuple[RouteGroupKind, ...] = ()
    """Kinds they may be of. Not set: those that fit the protocol. At most 8 items."""


class RouteNamespaces(Message, frozen=True, kw_only=True):
    """Namespaces by rule or by label."""

    from_: FromNamespaces | None = None
    """All, Same, or Selector with a selector. Not set: Same."""
    selector: LabelSelector | None = None
    """Labels that the namespaces must have; with Selector only."""


class RouteGroupKind(Message, frozen=True, kw_only=True):
    """Route group kind."""

    group: str | None = None
    """Group: text. At most 253 characters. Not set: gateway.networking.k8s.io."""
    kind: str | None = None
    """Kind: text. Required. 1 to 63 characters."""


class GatewaySpecAddress(Message, frozen=True, kw_only=True):
    """Gateway spec address."""

    type: str | None = None
    """Type: text. 1 to 253 characters. Not set: IPAddress."""
    value: str | None = None
    """Value: text. At most 253 characters."""


class GatewayInfrastructure(Message, frozen=True, kw_only=True):
    """Gateway infrastructure."""

    labels: Mapping[str, str] = {}
    """Labels: text by name. At most 8 entries."""
    annotations: Mapping[str, str] = {}
    """Annotations: text by name. At most 16 entries."""
    parameters_ref: LocalParametersReference | None = None
    """Parameters ref: LocalParametersReference."""


class LocalParametersReference(Message, frozen=True, kw_only=True):
    """Local parameters reference."""

    group: str | None = None
    """Group: text. Required. At most 253 characters."""
    kind: str | None = None
    """Kind: text. Required. 1 to 63 characters."""
    name: str | None = None
    """Name: text. Required. 1 to 253 characters."""
