"""The type of a value that may be any JSON: a patch of Envoy's configuration, a plugin's settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

__all__ = ["JSON"]

if TYPE_CHECKING:
    JSON: TypeAlias = bool | int | float | str | Sequence["JSON"] | Mapping[str, "JSON"] | None
else:
    # msgspec cannot resolve a type that refers to itself; what it decodes into Any is the same plain JSON.
    JSON = Any
