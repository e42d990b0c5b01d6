# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The messages of the Gateway API's apis/v1/object_reference_types.go as frozen typed values."""

from __future__ import annotations

from components.api.message import Message

__all__ = ["BackendObjectReference", "LocalObjectReference", "ObjectReference", "SecretObjectReference"]


class LocalObjectReference(Message, frozen=True, kw_only=True):
    """Local object reference."""

    group: str | None = None
    """Group: text. Required. At most 253 characters."""
    kind: str | None = None
    """Kind: text. Required. 1 to 63 characters."""
    name: str | None = None
    """Name: text. Required. 1 to 253 characters."""


class SecretObjectReference(Message, frozen=True, kw_only=True):
    """Secret object reference."""

    group: str | None = None
    """Group: text. At most 253 characters. Not set: ."""
    kind: str | None = None
    """Kind: text. 1 to 63 characters. Not set: Secret."""
    name: str | None = None
    """Name: text. Required. 1 to 253 characters."""
    namespace: str | None = None
    """Namespace: text. 1 to 63 characters."""


class BackendObjectReference(Message, frozen=True, kw_only=True):
    """Backend object reference."""

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


class ObjectReference(Message, frozen=True, kw_only=True):
    """Object reference."""

    group: str | None = None
    """Group: text. Required. At most 253 characters."""
    kind: str | None = None
    """Kind: text. Required. 1 to 63 characters."""
    name: str | None = None
    """Name: text. Required. 1 to 253 characters."""
    namespace: str | None = None
    """Namespace: text. 1 to 63 characters."""
