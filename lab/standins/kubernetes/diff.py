"""Which inputs changed, and which of the changes are none to the server."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from lab.standins.json_values import Json, JsonObject, Path, dig
from lab.standins.kubernetes.state import live_of, settled
from lab.standins.properties import UNKNOWN

_MISSING = object()


class Change(Enum):
    """What happens at a path."""

    ADD = "add"
    DELETE = "delete"
    UPDATE = "update"


@dataclass(frozen=True, kw_only=True, order=True)
class Difference:
    """One changed input. `path` leads to the smallest changed value."""

    path: Path
    change: Change


def differences(old: JsonObject, new: JsonObject) -> tuple[Difference, ...]:
    """Every smallest changed path between two sets of inputs; an unknown value counts as changed."""
    return tuple(_walk(old, new, ()))


def real(found: Iterable[Difference], *, state: JsonObject, dry_run: JsonObject) -> tuple[Difference, ...]:
    """The differences that change the object: without those the server's dry run leaves at the value it has.

    A quantity written another way, a default written out and an empty map are no change. Write-only fields (a
    Secret's stringData) are in no answer of the server, so the object as a whole decides for them.
    """
    if settled(live_of(state)) == settled(dry_run):
        return ()
    return tuple(
        item for item in found if item.path[0] == "stringData" or _at(state, item.path) != _at(dry_run, item.path)
    )


def _walk(old: Json, new: Json, path: Path) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in new:
                yield Difference(path=(*path, key), change=Change.DELETE)
            elif key not in old:
                yield Difference(path=(*path, key), change=Change.ADD)
            else:
                yield from _walk(old[key], new[key], (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for at in range(max(len(old), len(new))):
            if at >= len(new):
                yield Difference(path=(*path, at), change=Change.DELETE)
            elif at >= len(old):
                yield Difference(path=(*path, at), change=Change.ADD)
            else:
                yield from _walk(old[at], new[at], (*path, at))
    elif new == UNKNOWN or old != new or isinstance(old, bool) != isinstance(new, bool):
        yield Difference(path=path, change=Change.UPDATE)


def _at(value: JsonObject, path: Path) -> object:
    parent = dig(value, *path[:-1])
    last = path[-1]
    there = (
        last in parent
        if isinstance(parent, dict)
        else isinstance(parent, list) and isinstance(last, int) and last < len(parent)
    )
    return dig(value, *path) if there else _MISSING
