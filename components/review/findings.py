"""What the analysis finds in the mesh as it will be, and what of it is new.

The analysis is a function that is handed in, so this package needs no more of it than a finding's fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from components.api import JSON

SEVERITIES = ("error", "warning", "info")
"""The worst first."""


class Finding(Protocol):
    """The fields that are read; a finding may have more."""

    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def namespace(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...


Analyse = Callable[[Iterable[Mapping[str, JSON]]], Sequence[Finding]]
"""Plain documents in, findings out."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Sorted by severity: those that the change brings, those that were there before, and those that it takes away."""

    new: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()

    def at_least(self, severity: str) -> bool:
        """Whether the mesh as it will be has one of that severity or a worse one."""
        worst = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return any(finding.severity in worst for finding in (*self.new, *self.still))


def compared(before: Iterable[Finding], after: Iterable[Finding]) -> Findings:
    """Findings are the same when code, object and message are; a field's place in a list may have moved."""
    old, new = {_identity(each): each for each in before}, {_identity(each): each for each in after}
    return Findings(
        new=_sorted(finding for key, finding in new.items() if key not in old),
        still=_sorted(finding for key, finding in new.items() if key in old),
        gone=_sorted(finding for key, finding in old.items() if key not in new),
    )


def _identity(finding: Finding) -> tuple[str, ...]:
    return (finding.code, finding.kind, finding.namespace, finding.name, finding.message)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    def rank(finding: Finding) -> tuple[int, str]:
        known = finding.severity in SEVERITIES
        return SEVERITIES.index(finding.severity) if known else len(SEVERITIES), finding.code

    return tuple(sorted(findings, key=rank))
