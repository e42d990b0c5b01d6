"""Documents that are nearly right: real ones with one or two fields changed, taken out, or brought in from another.

The changes know nothing of the kinds: they move values between places of one shape, and put in values of which some are
wrong somewhere. What they make is the same for the same seed.
"""

from __future__ import annotations

import copy
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["Mutations"]

TEXTS: list[str] = json.loads(Path(__file__).with_name("texts.json").read_text())
"""Values of all sorts of fields, good and bad ones."""
KEYS = ["a", "x-a", "Host", ":path", "@request.auth.claims.a", "a/b", "-a", "*", "app.kubernetes.io/name", "", "a b"]
DURATIONS = ["0s", "1ms", "0.5ms", "1.5s", "1s", "-1s", "0.000000001s", "24h", "1.0005s"]
NUMBERS = [-1, 0, 1, 50, 99, 100, 101, 199, 200, 299, 300, 399, 400, 600, 601, 65535, 65536]
SHARES = [*NUMBERS, 0.5, 0.00001, 0.0001, 100.5]

Place = tuple[str | int, ...]


class Mutations:
    """Makes documents out of `documents`, which are of any kinds."""

    def __init__(self, documents: Sequence[Mapping[str, Any]], seed: int) -> None:
        self._random = Random(seed)
        self._documents = documents
        self._seen: dict[tuple[str, Place], list[tuple[str | int, Any]]] = defaultdict(list)
        """What stands at a kind's places of one shape: by the place that holds it, with its key there."""
        for document in documents:
            for path in _paths(document["spec"]):
                self._seen[document["kind"], _shape(path[:-1])].append((path[-1], _at(document["spec"], path)))

    def make(self, count: int) -> list[dict[str, Any]]:
        """Documents, each with one or two changes."""
        return [self._changed(self._random.choice(self._documents)) for _ in range(count)]

    def _changed(self, document: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = copy.deepcopy(dict(document))
        for _ in range(self._random.choice((1, 1, 1, 2))):
            path = self._random.choice([(), *_paths(made["spec"])])
            if self._random.random() >= 0.45 or not self._bring_in(made, path):
                self._replace(made, path)
        return made

    def _bring_in(self, made: dict[str, Any], path: Place) -> bool:
        """Put something into a message or list that stood in one of that shape elsewhere; whether there was any."""
        here, known = _at(made["spec"], path), self._seen[made["kind"], _shape(path)]
        if not known or not isinstance(here, dict | list):
            return False
        key, value = self._random.choice(known)
        if isinstance(here, list):
            here.append(copy.deepcopy(value))
        else:
            here[key] = copy.deepcopy(value)
        return True

    def _replace(self, made: dict[str, Any], path: Place) -> None:
        if not path:
            return
        holder = _at(made["spec"], path[:-1])
        if self._random.random() < 0.15:
            del holder[path[-1]]
        else:
            known = [value for _, value in self._seen[made["kind"], _shape(path[:-1])] if isinstance(value, str)]
            holder[path[-1]] = self._other(holder[path[-1]], known)

    def _other(self, value: Any, known: Sequence[str]) -> Any:
        """A value of the same type, more or less."""
        choose = self._random.choice
        if isinstance(value, bool):
            return not value
        if isinstance(value, int | float):
            return choose(SHARES if isinstance(value, float) else NUMBERS)
        if isinstance(value, str):
            if value[:1].isdigit() and value[-1:] in "smh":
                return choose(DURATIONS)
            return choose(known if value.isupper() and known and self._random.random() < 0.7 else TEXTS)
        if isinstance(value, dict):
            texts = bool(value) and all(isinstance(each, str) for each in value.values())
            return {**value, choose(KEYS): choose(TEXTS)} if texts and self._random.random() < 0.6 else {}
        if value and (isinstance(value[0], str) or self._random.random() < 0.5):
            return [*value, choose(TEXTS) if isinstance(value[0], str) else copy.deepcopy(choose(value))]
        return []


def _paths(value: Any, path: Place = ()) -> Iterator[Place]:
    entries = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, each in entries:
        yield (*path, key)
        yield from _paths(each, (*path, key))


def _at(value: Any, path: Place) -> Any:
    for step in path:
        value = value[step]
    return value


def _shape(path: Place) -> Place:
    return tuple("*" if isinstance(step, int) else step for step in path)
