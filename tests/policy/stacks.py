"""Stacks of documents as the policy SDK hands them over: maps and lists that raise where a value is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from policy.properties import plain
from policy.rules import POLICIES
from policy.stack_documents import Given, StackDocuments
from policy.violation import Outcome, Unknown, Violation

UNKNOWN = "<unknown>"
"""Stands in a document for a value that nobody knows yet."""


class NotKnown(Exception):
    """What reading such a value raises."""


class HandedMap(Mapping[str, Any]):
    """A map as the SDK has it."""

    def __init__(self, held: Mapping[str, Any]) -> None:
        self._held = held

    def __getitem__(self, key: str) -> Any:
        return handed(self._held[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class HandedList(Sequence[Any]):
    """A list as the SDK has it."""

    def __init__(self, held: Sequence[Any]) -> None:
        self._held = held

    def __getitem__(self, place: Any) -> Any:
        return handed(self._held[place])

    def __len__(self) -> int:
        return len(self._held)


def handed(value: Any) -> Any:
    """A value as the SDK hands it over: whole numbers as doubles, and what is unknown raised."""
    if value == UNKNOWN:
        raise NotKnown
    if isinstance(value, dict):
        return HandedMap(value)
    if isinstance(value, list):
        return HandedList(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def stack(text: str, name: str = "prod") -> StackDocuments:
    """The YAML documents as a stack; the URN of each is its place."""
    read = []
    for place, document in enumerate(yaml.safe_load_all(text)):
        known, unknown = plain(handed(document), NotKnown)
        read.append(Given(document=known, urn=f"urn:{place}", unknown=unknown))
    return StackDocuments.read(name, read)


def judged(policy: str, text: str, *, of: str = "prod", **settings: object) -> tuple[Outcome, ...]:
    """What the policy of that name says of the documents, as a stack of that name."""
    (found,) = [each for each in POLICIES if each.name == policy]
    return found.judge(stack(text, of), settings)


def violations(policy: str, text: str, *, of: str = "prod", **settings: object) -> list[str]:
    """The objects and fields that it refuses; it could tell about everything."""
    outcomes = judged(policy, text, of=of, **settings)
    assert not [each for each in outcomes if isinstance(each, Unknown)], outcomes
    return [f"{each.of.path} {each.field}" for each in outcomes if isinstance(each, Violation)]


def unknowns(policy: str, text: str, **settings: object) -> list[str]:
    """The objects and fields that it could not tell about; it refuses nothing."""
    outcomes = judged(policy, text, **settings)
    assert not [each for each in outcomes if isinstance(each, Violation)], outcomes
    return [f"{each.of.path} {each.field}" for each in outcomes if isinstance(each, Unknown)]
