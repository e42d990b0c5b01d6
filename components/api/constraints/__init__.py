"""What the CRDs ask of each message and field beyond its type, as data; the .json files beside this are
generated.

May live here: the limits as the CRDs give them, and finding those of a class. May not live here: checking a
value against them, which is validation's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

__all__ = ["FieldLimits", "MessageLimits", "Rule", "limits_of"]

PREFIX = "components.api."


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule in CEL (the language of x-kubernetes-validations) and what the API server says when it is
    broken.
    """

    rule: str
    message: str


class FieldLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one field may be. None: no such limit. Lengths count characters; all limits are inclusive."""

    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    """RE2, searched for, not matched from end to end."""
    min_items: int | None = None
    max_items: int | None = None
    min_properties: int | None = None
    max_properties: int | None = None
    allowed: tuple[str | int, ...] = ()
    """Values of which it, or each item of the list, must be one. Empty: no such limit; enums are types of their own."""
    default: str | int | float | bool | None = None
    """What the API server fills in when the field is not set."""
    nullable: bool = False
    """Whether the API server takes an explicit null."""
    rules: tuple[Rule, ...] = ()
    each: FieldLimits | None = None
    """What each item of a list, or each value of a map, may be when it is a scalar."""


class MessageLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one message may be. Fields are called by their names in the document ("perTryTimeout")."""

    required: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    """Groups of which one field at most may be set."""
    rules: tuple[Rule, ...] = ()
    fields: Mapping[str, FieldLimits] = {}


def limits_of(cls: type[msgspec.Struct]) -> MessageLimits:
    """The limits of a class of components.api; of one that has none, empty limits."""
    if not cls.__module__.startswith(PREFIX):
        return MessageLimits()
    return _table(cls.__module__.removeprefix(PREFIX)).get(cls.__qualname__, MessageLimits())


@cache
def _table(module: str) -> Mapping[str, MessageLimits]:
    path = Path(__file__).with_name(f"{module}.json")
    return msgspec.json.decode(path.read_bytes(), type=dict[str, MessageLimits]) if path.exists() else {}
