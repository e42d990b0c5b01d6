"""Any value of any class of components.api, for hypothesis."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st

from components.api import Document, Duration

TEXT = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), max_size=8)
INTEGERS = st.integers(-(2**31), 2**32 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    bool: st.booleans(),
    int: INTEGERS,
    float: st.floats(allow_nan=False, allow_infinity=False),
    Duration: st.integers(-(10**15), 10**15).map(lambda number: Duration(nanoseconds=number)),
    Any: JSON,
}


@cache
def values_of(wanted: Any) -> st.SearchStrategy[Any]:
    """Values of a type that occurs in components.api. Half of what may be left out is left out, or values explode."""
    if wanted in SCALARS:
        return SCALARS[wanted]
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if each is type(None) else values_of(each) for each in arguments))
    if origin is tuple:
        return st.lists(values_of(arguments[0]), max_size=2).map(tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(values_of(arguments[0]), values_of(arguments[1]), max_size=2)
    if issubclass(wanted, Enum):
        return st.sampled_from(wanted)
    # A version of its own is not any text; a document gets the one it has by default.
    fields = [
        field
        for field in msgspec.structs.fields(wanted)
        if field.name != "api_version" or not issubclass(wanted, Document)
    ]
    required = {field.name: values_of(field.type) for field in fields if field.required}
    optional = {field.name: values_of(field.type) for field in fields if not field.required}
    return st.fixed_dictionaries(required, optional=optional).map(lambda chosen: wanted(**chosen))
