"""What is raised when a document cannot be decoded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["DecodeError", "Problem", "UnknownKind", "nearest"]


class Problem(NamedTuple):
    """One thing that is wrong with a document."""

    path: str
    """Where, from the root of the document: "spec.http[0].route[1].weigth"."""
    message: str
    """What is wrong and the value that was given."""
    remedy: str
    """What is allowed and what to do; a whole sentence."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}. {self.remedy}" if self.path else f"{self.message}. {self.remedy}"


class DecodeError(ValueError):
    """A document is not of the shape its kind asks for. `problems` has all of them, in the order of the
    document.
    """

    def __init__(self, subject: str, problems: Sequence[Problem]) -> None:
        self.subject = subject
        self.problems = tuple(problems)
        shown = " ".join(str(problem) for problem in self.problems)
        super().__init__(f"{subject}: {shown}" if subject else shown)

    @property
    def path(self) -> str:
        """Where the first problem is."""
        return self.problems[0].path


class UnknownKind(DecodeError):
    """The apiVersion and kind of a document name nothing that is typed here; the document may still be a good
    one.
    """


def nearest(name: str, allowed: Iterable[str]) -> str:
    """A sentence that gives the nearest right name, if one is near, and all that are allowed."""
    from difflib import get_close_matches  # most documents have no misspelt field

    names = list(allowed)
    folded = {each.casefold().replace("_", ""): each for each in names}
    close = get_close_matches(name.casefold().replace("_", ""), list(folded), n=1, cutoff=0.6)
    every = ", ".join(names) if names else "none"
    return f"Did you mean {folded[close[0]]}? Allowed: {every}." if close else f"Allowed: {every}."
