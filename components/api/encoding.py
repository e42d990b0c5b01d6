"""From typed values to plain documents that can be written as JSON or YAML, or handed to Pulumi."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from functools import cache
from typing import Any

import msgspec

from components.api.duration import format_duration
from components.api.resource import Document, Resource

__all__ = ["encode", "encode_value"]


def encode(document: Document) -> dict[str, Any]:
    """A document as plain dicts, lists and scalars, with apiVersion, kind and metadata first.

    What is not set does not appear, nor do empty lists and maps; a message that was given appears, if only as
    {}, for `match: [{}]` and `selector: {}` mean something. Durations take the form of protobuf's JSON
    ("4200s"). `spec` is always there.
    """
    encoded: dict[str, Any] = {
        "apiVersion": document.api_version,
        "kind": document.kind,
        "metadata": _plain(document.metadata),
    }
    if isinstance(document, Resource):
        encoded["spec"] = _plain(document.spec)
        if document.status is not None:
            encoded["status"] = _plain(document.status)
    else:
        rest = _plain(document)
        encoded |= {key: value for key, value in rest.items() if key not in ("apiVersion", "metadata")}
    return encoded


def encode_value(value: msgspec.Struct) -> dict[str, Any]:
    """A part of a document, such as one HTTPRoute, by the same rules as `encode`."""
    encoded: dict[str, Any] = _plain(value)
    return encoded


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        encoded = {}
        for attribute, name, empty_is_unset in _fields(type(value)):
            each = getattr(value, attribute)
            if each is not None and (each or not empty_is_unset):
                encoded[name] = _plain(each)
        return encoded
    if isinstance(value, str | bool | int | float) or value is None:
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return format_duration(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    raise TypeError(
        f"{value!r} of type {type(value).__name__} has no place in a document. Give a value of components.api."
    )


@cache
def _fields(cls: type[msgspec.Struct]) -> tuple[tuple[str, str, bool], ...]:
    defaults = dict(zip(reversed(cls.__struct_fields__), reversed(cls.__struct_defaults__), strict=False))
    return tuple(
        (attribute, name, defaults.get(attribute) == () or hasattr(defaults.get(attribute), "factory"))
        for attribute, name in zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True)
    )
