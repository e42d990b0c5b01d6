"""What is not known yet never lets a wrong stack pass in silence, and never breaks a policy."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.policy.stacks import UNKNOWN, judged
from tests.policy.test_page import EXAMPLE, NAMES, SECTIONS

OWN = [name for name in NAMES if not name.startswith("mesh-")]
"""Those of the pack; what the analysis makes of half a document is its own business."""


@pytest.mark.parametrize("name", OWN)
def test_a_wrong_example_with_any_part_unknown_is_refused_or_could_not_be_told(name: str) -> None:
    """Every field of the page's wrong example in turn, but for apiVersion and kind, which Pulumi always knows."""
    documents = list(yaml.safe_load_all(dict(EXAMPLE.findall(SECTIONS[name]))["Wrong"]))
    tried = 0
    for path in paths(documents):
        if len(path) > 1 and path[1] not in ("apiVersion", "kind"):
            tried += 1
            assert judged(name, yaml.safe_dump_all(without(documents, path))), path
    assert tried > 5


@pytest.mark.parametrize("name", OWN)
def test_a_right_example_with_any_part_unknown_is_not_refused(name: str) -> None:
    """A policy that can not tell says so; what it needs to refuse is there to be seen, or it is not refused."""
    documents = list(yaml.safe_load_all(dict(EXAMPLE.findall(SECTIONS[name]))["Right"]))
    for path in paths(documents):
        if len(path) > 1 and path[1] not in ("apiVersion", "kind"):
            outcomes = judged(name, yaml.safe_dump_all(without(documents, path)))
            assert {type(each).__name__ for each in outcomes} <= {"Unknown"}, (path, outcomes)


def paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in the documents."""
    if at:
        yield at
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in below:
        yield from paths(each, (*at, key))


def without(documents: list[Any], path: tuple[Any, ...]) -> list[Any]:
    """The documents with one value unknown."""
    changed = copy.deepcopy(documents)
    held: Any = changed
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = UNKNOWN
    return changed
