"""What of the CRDs' limits a document breaks; their rules in CEL are left to the API server of the lab."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from components.api.constraints import FieldLimits, limits_of


def broken(value: object, where: str = "") -> Iterator[str]:
    """A line for each limit that a decoded value breaks, at any depth."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from broken(part, f"{where}.{key}")
    elif isinstance(value, (tuple, list)):
        for place, part in enumerate(value):
            yield from broken(part, f"{where}[{place}]")
    elif isinstance(value, msgspec.Struct):
        yield from _of_message(value, where)


def _of_message(value: msgspec.Struct, where: str) -> Iterator[str]:
    limits = limits_of(type(value))
    given = {
        field.encode_name: part
        for field in msgspec.structs.fields(value)
        # Empty maps and lists are not written.
        if (part := getattr(value, field.name)) is not None and part != field.default and part not in ({}, ())
    }
    yield from (f"{where}: {name} is required" for name in limits.required if not given.get(name))
    for group in limits.one_of:
        both = [name for name in group if given.get(name)]
        if len(both) > 1:
            yield f"{where}: {' and '.join(both)} are given, and one may be"
    for name, part in given.items():
        if name in limits.fields:
            yield from _of_field(part, limits.fields[name], f"{where}.{name}")
        yield from broken(part, f"{where}.{name}")


def _of_field(value: object, limits: FieldLimits, where: str) -> Iterator[str]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _outside(value, limits.minimum, limits.maximum, f"{where} is")
    if isinstance(value, str):
        yield from _outside(len(value), limits.min_length, limits.max_length, f"{where} has the length")
        if limits.pattern is not None and not re.search(limits.pattern, value):
            yield f"{where} is {value!r}, and not as {limits.pattern!r} says"
    items: Sequence[object] = ()
    if isinstance(value, (tuple, list)):
        items = value
        yield from _outside(len(value), limits.min_items, limits.max_items, f"{where} has items:")
    if isinstance(value, Mapping):
        items = tuple(value.values())
        yield from _outside(len(value), limits.min_properties, limits.max_properties, f"{where} has keys:")
    if limits.allowed:
        for each in items or (value,):
            if each not in limits.allowed:
                yield f"{where} is {each!r}, and not of {limits.allowed}"
    if limits.each is not None:
        for each in items:
            yield from _of_field(each, limits.each, where)


def _outside(size: float, least: float | None, most: float | None, what: str) -> Iterator[str]:
    if (least is not None and size < least) or (most is not None and size > most):
        yield f"{what} {size}, and may be from {least} to {most}"
