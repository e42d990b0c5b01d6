"""A whole document: metadata and spec, with kind and apiVersion derived from the class of the spec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

from components.api.json import JSON
from components.api.message import Message
from components.api.registry import Kind, kind_of_class

__all__ = ["Document", "ObjectMeta", "OwnerReference", "Resource"]

Spec = TypeVar("Spec", covariant=True)


class OwnerReference(Message, frozen=True, kw_only=True):
    """The object that this one is deleted with."""

    api_version: str | None = None
    kind: str | None = None
    name: str | None = None
    uid: str | None = None
    controller: bool | None = None
    block_owner_deletion: bool | None = None


class ObjectMeta(Message, frozen=True, kw_only=True):
    """Who an object is: every field of Kubernetes' ObjectMeta; those only the server sets come last."""

    name: str | None = None
    generate_name: str | None = None
    """Start of a name that the server completes."""
    namespace: str | None = None
    labels: Mapping[str, str] = {}
    annotations: Mapping[str, str] = {}
    finalizers: tuple[str, ...] = ()
    owner_references: tuple[OwnerReference, ...] = ()

    uid: str | None = None
    resource_version: str | None = None
    generation: int | None = None
    creation_timestamp: str | None = None
    """RFC 3339, UTC."""
    deletion_timestamp: str | None = None
    """RFC 3339, UTC."""
    deletion_grace_period_seconds: int | None = None
    self_link: str | None = None
    managed_fields: tuple[JSON, ...] = ()


class Document(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True, rename="camel"):
    """What every document has: kind, api_version and metadata."""

    metadata: ObjectMeta
    api_version: str = ""
    """Left out: the newest version that is served. A document that was decoded keeps its own."""

    def __post_init__(self) -> None:
        known = self._known()
        if not self.api_version:
            msgspec.structs.force_setattr(self, "api_version", known.api_version)
        elif self.api_version not in map(known.qualify, known.versions):
            allowed = ", ".join(map(known.qualify, known.versions))
            raise ValueError(f"api_version {self.api_version!r} is not one of {known.name}. Allowed: {allowed}.")

    @property
    def kind(self) -> str:
        """The name of the kind, such as VirtualService."""
        return self._known().name

    def _typed_by(self) -> type:
        return type(self)

    def _known(self) -> Kind:
        cls = self._typed_by()
        known = kind_of_class(cls)
        if known is None:
            raise TypeError(
                f"{cls.__module__}.{cls.__qualname__} is not the spec of a kind. Give the spec of a kind from"
                " components.api, such as VirtualService."
            )
        return known


class Resource(Document, Generic[Spec], frozen=True, kw_only=True):
    """A document of a kind that has a spec: `Resource(metadata=ObjectMeta(name="x"),
    spec=VirtualService(...))`.
    """

    spec: Spec
    status: Mapping[str, JSON] | None = None
    """What the server reported, as it stood in the document."""

    def _typed_by(self) -> type:
        return type(self.spec)
