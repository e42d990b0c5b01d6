"""How many of what, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from components.analysis.finding import Finding, Severity

__all__ = ["counted", "summary"]

WORDS = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))


def counted(number: int, word: str) -> str:
    """ "1 error", "2 errors", "no errors"."""
    return f"{number or 'no'} {word}{'s' * (number != 1)}"


def summary(objects: int, findings: Iterable[Finding]) -> str:
    """A sentence about all of it."""
    numbers = Counter(finding.severity for finding in findings)
    found = ", ".join(counted(numbers[severity], word) for severity, word in WORDS)
    return f"{counted(objects, 'object')}: {found}"
