"""All that is wrong with a value that msgspec refused, with the path of each and what would be right."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import msgspec

from components.api.duration import Duration
from components.api.errors import Problem, nearest
from components.api.tidying import key_text

__all__ = ["explain"]

SCALARS: dict[Any, tuple[type | tuple[type, ...], str]] = {
    str: (str, "text"),
    bool: (bool, "true or false"),
    int: (int, "a whole number"),
    float: ((int, float), "a number"),
}


def explain(value: object, cls: type[msgspec.Struct], path: str) -> list[Problem]:
    """What is wrong with a value as an object of that class, in the order of the document."""
    return list(_walk(value, cls, path))


def _walk(value: object, wanted: Any, path: str) -> Iterator[Problem]:
    origin = typing.get_origin(wanted)
    if wanted is Any:
        return
    if origin in (typing.Union, types.UnionType):
        members = [each for each in typing.get_args(wanted) if each is not type(None)]
        if value is None and len(members) < len(typing.get_args(wanted)):
            return
        if len(members) > 1 and not any(True for each in members if not list(_walk(value, each, path))):
            yield _expected(path, " or ".join(SCALARS[each][1] for each in members), value)
        elif len(members) == 1:
            yield from _walk(value, members[0], path)
    elif origin is tuple:
        if not isinstance(value, list | tuple):
            yield _expected(path, "a list", value)
            return
        for index, each in enumerate(value):
            yield from _walk(each, typing.get_args(wanted)[0], f"{path}[{index}]")
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        key_type, value_type = typing.get_args(wanted)
        yield from _walk_map(value, key_type, value_type, path)
    elif issubclass(wanted, msgspec.Struct):
        yield from _walk_message(value, wanted, path)
    else:
        yield from _walk_scalar(value, wanted, path)


def _walk_map(value: object, key_type: Any, value_type: Any, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield _expected(path, "an object", value)
        return
    for key, each in value.items():
        inner = _join(path, str(key))
        if key_type is int and not str(key).isdigit():
            yield Problem(inner, f"the key must be a whole number, got {key!r}", "Give a number, such as 8080.")
        yield from _walk(each, value_type, inner)


def _walk_message(value: object, cls: type[msgspec.Struct], path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield _expected(path, "an object", value)
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(cls)}
    for key, each in value.items():
        field = fields.get(key)
        if field is not None:
            yield from _walk(each, field.type, _join(path, key))
        elif cls.__struct_config__.forbid_unknown_fields:
            yield Problem(_join(path, str(key)), f"{cls.__qualname__} has no such field", nearest(str(key), fields))


def _walk_scalar(value: object, wanted: type, path: str) -> Iterator[Problem]:
    if issubclass(wanted, Enum):
        allowed = [str(member.value) for member in wanted]
        if value not in allowed:
            yield Problem(path, f"{value!r} is no {wanted.__qualname__}", nearest(str(value), allowed))
    elif wanted is Duration:
        try:
            Duration.parse(value if isinstance(value, str) else repr(value))
        except ValueError:
            yield _expected(path, "a duration", value, 'Give a number and a unit, such as "5s", "0.5s" or "1h10m".')
    else:
        python_type, words = SCALARS[wanted]
        if not isinstance(value, python_type) or (isinstance(value, bool) and wanted is not bool):
            yield _expected(path, words, value)


def _expected(path: str, what: str, value: object, remedy: str = "") -> Problem:
    given = "an object" if isinstance(value, Mapping) else "a list" if isinstance(value, list | tuple) else repr(value)
    quoted = what == "text" and isinstance(value, bool | int | float)
    hint = f'Write it in quotes: "{key_text(value)}".' if quoted else f"Give {what}, or leave the field out."
    return Problem(path, f"expected {what}, got {given if value is not None else 'null'}", remedy or hint)


def _join(path: str, key: str) -> str:
    plain = key.replace("_", "").isalnum() and not key[:1].isdigit()
    return (f"{path}.{key}" if path else key) if plain else f'{path}["{key}"]'
