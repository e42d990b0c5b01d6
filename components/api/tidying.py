"""The liberties that documents may take, put right: numbers as keys, null for not set, unknown fields."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

__all__ = ["element_type", "key_text", "tidied", "without_unknown"]

# Second names that the CRDs give to two fields (kubebuilder:altName), from before names were in camel case.
OLD_NAMES = {"jwks_uri": "jwksUri", "mirror_percent": "mirrorPercent"}


def tidied(value: object, wanted: Any) -> object:
    """The same value as protobuf's JSON reads it: keys are text (YAML has `8080:`), and null is not set.

    In a list of messages null stands for an empty one; of a map the API server leaves an entry of null out. What may be
    any JSON keeps its nulls.
    """
    return _walk(value, wanted, keep_unknown=True)


def without_unknown(value: object, wanted: Any) -> object:
    """The same value without the fields that a class, or a class inside it, does not know."""
    return _walk(value, wanted, keep_unknown=False)


def element_type(wanted: Any) -> Any:
    """X of `X | None`; any other type as it is."""
    if typing.get_origin(wanted) in (typing.Union, types.UnionType):
        members = [each for each in typing.get_args(wanted) if each is not type(None)]
        return members[0] if len(members) == 1 else wanted
    return wanted


def key_text(key: object) -> str:
    """A key as text, as Kubernetes makes one of YAML's: `8080`, `true`."""
    return str(key).lower() if isinstance(key, bool) else str(key)


def _scalar(value: object) -> object:
    # YAML's own reader makes a date of an unquoted timestamp; to Kubernetes it is the text that it was.
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, date) else value


def _walk(value: object, wanted: Any, *, keep_unknown: bool) -> object:
    wanted = element_type(wanted)
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is tuple and isinstance(value, list | tuple):
        return [_walk(_empty_for_null(each, arguments[0]), arguments[0], keep_unknown=keep_unknown) for each in value]
    if not isinstance(value, Mapping):
        return (
            [_walk(each, Any, keep_unknown=True) for each in value]
            if isinstance(value, list | tuple)
            else _scalar(value)
        )
    if _is_message(wanted):
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(wanted)}
        named = [(_name(key_text(key), fields), each) for key, each in value.items()]
        return {
            name: _walk(each, fields.get(name, Any), keep_unknown=keep_unknown)
            for name, each in named
            if each is not None and (keep_unknown or name in fields)
        }
    inner = arguments[1] if len(arguments) == 2 else Any
    return {
        key_text(key): _walk(each, inner, keep_unknown=keep_unknown)
        for key, each in value.items()
        if each is not None or inner is Any
    }


def _name(key: str, fields: Mapping[str, Any]) -> str:
    current = OLD_NAMES.get(key)
    return key if current is None or current not in fields else current


def _empty_for_null(value: object, wanted: Any) -> object:
    return {} if value is None and _is_message(wanted) else value


def _is_message(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)
