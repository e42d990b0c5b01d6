"""What every experiment is: batches to send, then claims about the samples."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Protocol

from components.experiments.statistics import Effort
from components.experiments.traffic import Batch, Seen
from components.experiments.verdict import Claim

LIGHT_RATE = 40.0
"""Requests a second of the small batches, which are sent one after the other."""

DETERMINISTIC = 20
"""Requests of a batch whose every answer must be the declared one, when no chance decides what a wrong mesh answers."""


class Experiment(Protocol):
    """One part of the declaration, put to the test. Values, not processes: all that happened is in `seen`."""

    @property
    def tests(self) -> int:
        """How many of its claims have a p-value."""

    def batches(self, effort: Effort, seen: Seen) -> tuple[Batch, ...]:
        """What to send next, side by side; nothing when it has all it needs. Asked again after each answer."""

    def most_requests(self, effort: Effort) -> int:
        """How many requests its batches have in all, at most."""

    def claims(self, seen: Seen) -> tuple[Claim, ...]:
        """What the samples of the whole battery say."""


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Something declared that can not be measured: its row says so, rather than being left out."""

    subject: str
    what: str
    _: KW_ONLY
    declared: str
    why: str

    @property
    def tests(self) -> int:
        return 0

    def batches(self, effort: Effort, seen: Seen) -> tuple[Batch, ...]:
        return ()

    def most_requests(self, effort: Effort) -> int:
        return 0

    def claims(self, seen: Seen) -> tuple[Claim, ...]:
        return (Claim(self.subject, self.what, declared=self.declared, measured=self.why),)
