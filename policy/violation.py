"""What a policy says of a stack: something it refuses, or something it could not tell yet."""

from __future__ import annotations

from typing import NamedTuple

from policy.stack_documents import Subject

__all__ = ["Outcome", "Unknown", "Violation"]


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
