# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The messages of the Gateway API's apis/v1/shared_types.go as frozen typed values."""

from __future__ import annotations

from enum import Enum

from components.api.message import Message

__all__ = [
    "BackendRef",
    "CookieConfig",
    "CookieLifetimeType",
    "Fraction",
    "GatewayDefaultScope",
    "ParentReference",
    "SessionPersistence",
    "SessionPersistenceType",
]


class CookieLifetimeType(Enum):
    """Cookie lifetime type."""

    Permanent = "Permanent"
    Session = "Session"


class GatewayDefaultScope(Enum):
    """Gateway default scope."""

    All = "All"
    None_ = "None"


class SessionPersistenceType(Enum):
    """Session persistence type."""

    Cookie = "Cookie"
    Header = "Header"


class ParentReference(Message, frozen=True, kw_only=True):
    """What a route attaches to: a gateway, or for traffic inside the mesh a Service."""

    group: str | None = None
    """API group of the parent. At most 253 characters. Not set: gateway.networking.k8s.io."""
    kind: str | None = None
    """Kind of the parent, Gateway or Service. 1 to 63 characters. Not set: Gateway."""
    namespace: str | None = None
    """Namespace of the parent. Not set: that of the route. 1 to 63 characters."""
    name: str | None = None
    """Name of the parent. Required. 1 to 253 characters."""
    section_name: str | None = None
    """Listener of a gateway, or port name of a Service. Not set: all that fit. 1 to 253 characters."""
    port: int | None = None
    """Port of the parent. Not set: all that fit. 1 to 65535."""


class BackendRef(Message, frozen=True, kw_only=True):
    """Backend ref."""

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


class SessionPersistence(Message, frozen=True, kw_only=True):
    """Requests of one session go to one backend."""

    session_name: str | None = None
    """Name of the session: of its cookie or header. At most 128 characters."""
    absolute_timeout: str | None = None
    """Longest life of a session, such as 1h."""
    type: SessionPersistenceType | None = None
    """Cookie or Header. Not set: Cookie."""
    cookie_config: CookieConfig | None = None
    """Cookie config: CookieConfig."""


class CookieConfig(Message, frozen=True, kw_only=True):
    """Cookie config."""

    lifetime_type: CookieLifetimeType | None = None
    """Lifetime type: CookieLifetimeType. Not set: Session."""


class Fraction(Message, frozen=True, kw_only=True):
    """Fraction."""

    numerator: int | None = None
    """Numerator: a whole number. Required. At least 0."""
    denominator: int | None = None
    """Denominator: a whole number. At least 1. Not set: 100."""
