"""Any part of a document in words, field by field: what every kind has that no phrase of its own is known for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import msgspec

from components.api import JSON, encode_value
from components.review.differences import ABSENT, Absent, Change, Place, differences
from components.review.marking import value

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=5xx)")


def plain(part: msgspec.Struct | None) -> Mapping[str, JSON]:
    """A typed part as Istio writes it; nothing for None."""
    return encode_value(part) if part is not None else {}


def words(name: str) -> str:
    """consecutiveGatewayErrors as a person says it. Names that are all capitals, such as TLS, stay."""
    return " ".join(part if part.isupper() else part[:1].lower() + part[1:] for part in HUMP.split(name))


def place(path: Sequence[str]) -> str:
    """A path in words: items of a list by what names them."""
    said = ""
    for part in path:
        if isinstance(part, Place):
            said += f" no. {int(part[1:-1]) + 1}"
        elif part.startswith("[") and part.endswith("]"):
            said += f" {value(part[1:-1])}"
        else:
            said += f"{', ' if said else ''}{words(part) if part.isascii() and part.isalnum() else value(part)}"
    return said.strip()


def said(part: JSON | Absent) -> str:
    """One value; `nothing` where there is none."""
    if part is ABSENT or part is None:
        return "nothing"
    if isinstance(part, bool):
        return value("true" if part else "false")
    if isinstance(part, str | int | float):
        return value(f"{part:g}" if isinstance(part, float) else part)
    if isinstance(part, Sequence) and all(isinstance(each, str | int | float) for each in part):
        return value(", ".join(map(str, part))) if part else "nothing"
    if isinstance(part, Mapping) and not part:
        return value("{}")
    return value(json.dumps(part, ensure_ascii=False, default=str, separators=(", ", ": ")))


def described(part: msgspec.Struct | Mapping[str, JSON]) -> str:
    """All that is set: `attempts 3, retry on 5xx`; of an object with one field, that field."""
    given = plain(part) if isinstance(part, msgspec.Struct) else part
    return ", ".join(f"{place((key,))} {_inside(each)}" for key, each in given.items())


def changed(
    before: msgspec.Struct | Mapping[str, JSON] | None, after: msgspec.Struct | Mapping[str, JSON] | None
) -> str:
    """All that differs: `attempts 2 → 3, retry on nothing → 5xx`; empty when nothing does."""
    old, new = (plain(part) if isinstance(part, msgspec.Struct) else part or {} for part in (before, after))
    return ", ".join(arrow(change) for change in differences(old, new))


def arrow(change: Change) -> str:
    """One difference in words."""
    if change.path and change.path[-1] == "order":
        return f"the order of {place(change.path[:-1])}: {said(change.before)} → {said(change.after)}"
    item = change.path[-1] if change.path else ""
    if item.startswith("[") and item[1:-1] in (str(change.before), str(change.after)):
        verb = "gains" if change.before is ABSENT else "loses"
        return f"{place(change.path[:-1])} {verb} {value(item[1:-1])}"
    return f"{place(change.path)} {said(change.before)} → {said(change.after)}"


def _inside(part: JSON) -> str:
    if isinstance(part, Mapping) and part:
        return described(part) if len(part) == 1 else f"({described(part)})"
    if isinstance(part, Sequence) and not isinstance(part, str) and any(isinstance(each, Mapping) for each in part):
        return " and ".join(_inside(each) for each in part)
    return said(part)
