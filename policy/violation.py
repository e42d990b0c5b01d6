"""What a policy says of a stack: something it refuses, or something it could not tell yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from policy.paths import Path, written
from policy.stack_documents import Read, StackDocuments, Subject

__all__ = ["Outcome", "Unknown", "Violation", "not_known", "unreadable"]

AT_THE_UPDATE = "it is known only when the stack is updated"


class Violation(NamedTuple):
    """Something that a policy refuses, and where."""

    of: Subject
    field: str
    """From the root of the object: "spec.http[0].fault"."""
    message: str
    """What is wrong, with the value; no full stop."""
    remedy: str
    """What is allowed and what to do; whole sentences."""

    def __str__(self) -> str:
        return f"{self.of}, {self.field}: {self.message}. {self.remedy}"


class Unknown(NamedTuple):
    """A field that the policy needs and that nobody knows before the update, or a document that can not be read."""

    of: Subject
    field: str
    why: str
    """Why it could not tell; no full stop."""

    def __str__(self) -> str:
        return f"could not tell about {self.of}, {self.field}: {self.why}"


Outcome = Violation | Unknown


def not_known(read: Read, *wanted: Path, why: str = AT_THE_UPDATE) -> Iterator[Unknown]:
    """The fields of a document that are wanted, or hold or belong to one that is, and are not known yet."""
    return (Unknown(read.subject, written(path), why) for path in read.missing(*wanted))


def unreadable(stack: StackDocuments, *kinds: str) -> Iterator[Unknown]:
    """The documents of these kinds that are not of their kind's shape."""
    return (
        Unknown(read.subject, "spec", read.problem) for read in stack if read.problem and read.declared.kind in kinds
    )
