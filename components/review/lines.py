"""One change of the mesh in one line, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """What happens to the thing; the value stands before the line where colours can not."""

    NEW = "+"
    GONE = "-"
    CHANGED = "~"


class Topic(Enum):
    """Under which heading a line goes, in the order of the comment."""

    REPLACED = "Replaced"
    ROUTES = "Routes"
    GATEWAYS = "Gateways"
    POLICIES = "Policies"
    ACCESS = "Access and identity"
    WORKLOADS = "Workloads"
    OUTSIDE = "Outside the mesh"
    CONFIGURATION = "Istio itself"
    OTHER = "Also"


@dataclass(frozen=True)
class Line:
    """A phrase, with values marked as `marking` does."""

    topic: Topic
    mark: Mark
    text: str


def mark_of(before: object, after: object) -> Mark:
    """By which of the two is there."""
    if before is None:
        return Mark.NEW
    return Mark.GONE if after is None else Mark.CHANGED
