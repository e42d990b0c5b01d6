"""What is written as Python classes, whatever language it was defined in: messages, enums, fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["EnumType", "Field", "MessageType", "Module"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a message. `type` is a Python scalar, DurationValue, JSON, or the full name of a
    message or enum.
    """

    name: str
    json_name: str
    type: str
    key: str | None
    """The Python type of the keys when the field is a map."""
    repeated: bool
    oneof: str | None
    deprecated: bool


@dataclass(frozen=True, kw_only=True)
class EnumType:
    """An enum: full name, path inside its module, names of its values."""

    full_name: str
    path: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MessageType:
    """A message with what is nested in it."""

    full_name: str
    path: tuple[str, ...]
    fields: tuple[Field, ...]
    messages: tuple[MessageType, ...] = ()
    enums: tuple[EnumType, ...] = ()

    def walk(self) -> Iterator[MessageType]:
        """This message and all that are nested in it."""
        yield self
        for each in self.messages:
            yield from each.walk()


@dataclass(frozen=True, kw_only=True)
class Module:
    """A file of definitions and the Python module, below components.api, that is written from it."""

    origin: str
    """The file, for people: "Istio's networking/v1alpha3/gateway.proto"."""
    source: str
    """The Go module that the file is from."""
    name: str
    messages: tuple[MessageType, ...]
    enums: tuple[EnumType, ...] = field(default=())
