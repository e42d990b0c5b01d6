# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The messages of the Gateway API's apis/v1/referencegrant_types.go as frozen typed values."""

from __future__ import annotations

from components.api.message import Message

__all__ = ["ReferenceGrantFrom", "ReferenceGrantSpec", "ReferenceGrantTo"]


class ReferenceGrantSpec(Message, frozen=True, kw_only=True):
    """Who in other namespaces may refer to objects of this one."""

    from_: tuple[ReferenceGrantFrom, ...] = ()
    """Who may refer: kinds in namespaces. Required. 1 to 16 items."""
    to: tuple[ReferenceGrantTo, ...] = ()
    """What may be referred to. Required. 1 to 16 items."""


class ReferenceGrantFrom(Message, frozen=True, kw_only=True):
    """Reference grant from."""

    group: str | None = None
    """Group: text. Required. At most 253 characters."""
    kind: str | None = None
    """Kind: text. Required. 1 to 63 characters."""
    namespace: str | None = None
    """Namespace: text. Required. 1 to 63 characters."""


class ReferenceGrantTo(Message, frozen=True, kw_only=True):
    """Reference grant to."""

    group: str | None = None
    """Group: text. Required. At most 253 characters."""
    kind: str | None = None
    """Kind: text. Required. 1 to 63 characters."""
    name: str | None = None
    """Name: text. 1 to 253 characters."""
