"""From what the policy SDK hands over to plain documents: maps and lists of its own, which raise where a value is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from policy.paths import Path

__all__ = ["plain"]


def plain(properties: Mapping[str, Any], unknown: type[Exception]) -> tuple[dict[str, Any], tuple[Path, ...]]:
    """The properties without what is unknown, and where that stood. `unknown` is what reading such a value raises."""
    missing: list[Path] = []
    copied = _copy(properties, (), unknown, missing)
    assert isinstance(copied, dict)
    return copied, tuple(missing)


def _copy(value: object, at: Path, unknown: type[Exception], missing: list[Path]) -> object:
    if isinstance(value, Mapping):
        return dict(_known(value, iter(value), value.__getitem__, at, unknown, missing))
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        places = iter(range(len(value)))
        return [each for _, each in _known(value, places, value.__getitem__, at, unknown, missing)]
    # Numbers come as doubles; a whole one is what a document has.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _known(
    value: object,
    keys: Iterator[Any],
    read: Callable[[Any], object],
    at: Path,
    unknown: type[Exception],
    missing: list[Path],
) -> Iterator[tuple[Any, object]]:
    for key in keys:
        try:
            each = read(key)
        except unknown:
            missing.append((*at, key))
            continue
        # Null is what an absent field comes as.
        if each is not None:
            yield key, _copy(each, (*at, key), unknown, missing)
