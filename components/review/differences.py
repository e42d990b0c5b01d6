"""Where two plain values differ, with list items matched by what names them rather than by their place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import Final, NamedTuple, TypeGuard

from components.api import JSON


class Absent(Enum):
    """There is no such field or item."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT

IDENTITIES: tuple[tuple[str, ...], ...] = (("name",), ("port", "number"), ("number",), ("issuer",), ("host",))
"""Paths to what may name an item of a list, the best first."""


class Place(str):
    """An item of a list by where it stands, where nothing names it: [0] is the first."""

    __slots__ = ()


class Change(NamedTuple):
    """One difference. Items of lists stand in the path as [name] or [place]."""

    path: tuple[str, ...]
    before: JSON | Absent
    after: JSON | Absent

    @property
    def field(self) -> str:
        """The path as Kubernetes writes it: spec.http[canary].timeout."""
        return "".join(
            part if part.startswith("[") or not place else f".{part}" for place, part in enumerate(self.path)
        )


def differences(before: JSON | Absent, after: JSON | Absent, path: tuple[str, ...] = ()) -> Iterator[Change]:
    """All differences, each as deep as it goes; a whole object or item that is new or gone is one."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from differences(before.get(key, ABSENT), after.get(key, ABSENT), (*path, key))
    elif _is_list(before) and _is_list(after):
        yield from _of_lists(before, after, path)
    elif type(before) is not type(after) or before != after:
        yield Change(path, before, after)


def _of_lists(before: Sequence[JSON], after: Sequence[JSON], path: tuple[str, ...]) -> Iterator[Change]:
    named_before, named_after = _named(before), _named(after)
    if named_before is not None and named_after is not None:
        for name in dict.fromkeys((*named_before, *named_after)):
            yield from differences(named_before.get(name, ABSENT), named_after.get(name, ABSENT), (*path, f"[{name}]"))
        kept_before = [name for name in named_before if name in named_after]
        kept_after = [name for name in named_after if name in named_before]
        if kept_before != kept_after:
            yield Change((*path, "order"), kept_before, kept_after)
        return
    old, new = list(map(_text, before)), list(map(_text, after))
    if sorted(old) == sorted(new) and old != new:
        yield Change((*path, "order"), list(before), list(after))
        return
    for how, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        both = min(end - start, last - first)
        for step in range(both):
            yield from differences(before[start + step], after[first + step], (*path, Place(f"[{first + step}]")))
        for place in range(start + both, end):
            yield Change((*path, Place(f"[{place}]")), before[place], ABSENT)
        for place in range(first + both, last):
            yield Change((*path, Place(f"[{place}]")), ABSENT, after[place])


def _named(items: Sequence[JSON]) -> dict[str, JSON] | None:
    """The items by name; None when not each has one of its own. Scalars name themselves."""
    if all(isinstance(item, str | int | float) for item in items) and len(set(map(str, items))) == len(items):
        return {str(item): item for item in items}
    for identity in IDENTITIES:
        names = [_dig(item, identity) for item in items]
        if all(isinstance(name, str | int) for name in names) and len(set(names)) == len(names):
            return {str(name): item for name, item in zip(names, items, strict=True)}
    return None


def _dig(item: JSON, way: tuple[str, ...]) -> JSON:
    for key in way:
        item = item.get(key) if isinstance(item, Mapping) else None
    return item


def _is_list(value: JSON | Absent) -> TypeGuard[Sequence[JSON]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _text(value: JSON) -> str:
    return json.dumps(value, sort_keys=True, default=str)
