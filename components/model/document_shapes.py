"""What each part of a mesh document may be, read off the signatures of the model's own classes.

The strict reader and the JSON schema both ask here, so neither can allow what the other refuses.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import timedelta
from enum import EnumType
from functools import cache
from inspect import Parameter, signature
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

import components.model as model
from components.model.external_services import ExternalService
from components.model.gateway import Gateway
from components.model.workload import Version, Workload

Plain: TypeAlias = bool | int | float | str | list["Plain"] | dict[str, "Plain"] | None

FORMAT = 1
SHARED: Mapping[str, type] = MappingProxyType(
    {"workloads": Workload, "versions": Version, "gateways": Gateway, "external_services": ExternalService}
)
"""The tables, in the order in which they may refer to each other."""

MARKS = ("kind", "ref", "enum", "seconds", "map")
"""One of these says what an object of a document is."""


class DocumentError(Exception):
    """The document is no mesh that this version of the program reads; the message says where, what, and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One argument of a class: what its values may be, each alternative by itself, and whether it may be left out."""

    alternatives: tuple[Any, ...]
    required: bool


@cache
def fields_of(kind: type) -> Mapping[str, Field]:
    """The arguments that the class is made from."""
    # Names that a module imports for type checkers only are public names of the model.
    names = {name: getattr(model, name) for name in model.__all__}
    init = next(vars(each)["__init__"] for each in kind.__mro__ if "__init__" in vars(each))
    hints = get_type_hints(init, globalns={**names, **vars(sys.modules[kind.__module__])})
    return MappingProxyType(
        {
            name: Field(alternatives=tuple(_alternatives(hints[name])), required=parameter.default is Parameter.empty)
            for name, parameter in signature(kind).parameters.items()
        }
    )


def items_of(alternative: Any) -> tuple[Any, ...] | None:
    """What the list's items may be, when the alternative is a list of any length."""
    return tuple(_alternatives(get_args(alternative)[0])) if get_origin(alternative) is Sequence else None


def row_of(alternative: Any) -> tuple[tuple[Any, ...], ...] | None:
    """What each place may hold, when the alternative is a list of that many places."""
    if get_origin(alternative) is not tuple:
        return None
    return tuple(tuple(_alternatives(part)) for part in get_args(alternative))


def values_of(alternative: Any) -> tuple[Any, ...] | None:
    """What the values may be, when the alternative is a map from text."""
    if get_origin(alternative) is not Mapping or get_args(alternative)[0] is not str:
        return None
    return tuple(_alternatives(get_args(alternative)[1]))


def table_of(alternative: Any) -> str | None:
    """The table that holds values of this class, when they are shared."""
    return next((table for table, kind in SHARED.items() if kind is alternative), None)


def is_kind(alternative: Any) -> bool:
    """Whether values of this class stand where they are used, as an object with its name as `kind`."""
    return isinstance(alternative, type) and is_dataclass(alternative) and table_of(alternative) is None


def written(alternative: Any) -> str:
    """How a value of this alternative is written, in words; "" for a map whose keys a document can not have."""
    scalars = {str: "text", bool: "true or false", int: "a whole number", float: "a number", NoneType: "null"}
    if alternative in scalars:
        return scalars[alternative]
    if alternative is timedelta:
        return '{"seconds": N}'
    if (table := table_of(alternative)) is not None:
        return f'{{"ref": "{table}/N"}}'
    if isinstance(alternative, EnumType):
        return f'{{"enum": "{alternative.__name__}", "value": ...}}'
    if is_kind(alternative):
        return f'{{"kind": "{alternative.__name__}", ...}}'
    if row := row_of(alternative):
        return f"a list of {len(row)}"
    if items_of(alternative) is not None:
        return "a list"
    return '{"map": {...}}' if values_of(alternative) is not None else ""


def _alternatives(hint: Any) -> Iterator[Any]:
    if get_origin(hint) in (Union, UnionType):
        for member in get_args(hint):
            yield from _alternatives(member)
    else:
        yield hint
