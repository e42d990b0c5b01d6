"""From what was measured to a verdict a row, for the battery as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum

from components.experiments.statistics import rejected


class Verdict(Enum):
    HOLDS = "holds"
    DOES_NOT_HOLD = "does not hold"
    COULD_NOT_TELL = "could not tell"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing declared and what was measured of it, before the battery is judged as a whole.

    Either a `p` value, of the declared being true, which counts towards the battery's false alarms; or `holds`, by a
    criterion that chance does not enter; or neither, and `measured` says why nobody can tell. `subject` is the host or
    workload that the row is about, `criterion` what was asked, in words.
    """

    subject: str
    what: str
    _: KW_ONLY
    declared: str
    measured: str
    criterion: str = ""
    requests: int = 0
    p: float | None = None
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A claim and its verdict."""

    claim: Claim
    verdict: Verdict


def judge(claims: Sequence[Claim], false_alarms: float) -> tuple[Row, ...]:
    """A verdict for each claim: those with a p-value together, by Holm's procedure at the rate `false_alarms`."""
    tested = [claim for claim in claims if claim.p is not None]
    fallen = rejected([claim.p for claim in tested if claim.p is not None], false_alarms)
    by_test = {id(claim): not falls for claim, falls in zip(tested, fallen, strict=True)}
    return tuple(Row(claim, _verdict(by_test.get(id(claim), claim.holds))) for claim in claims)


def _verdict(holds: bool | None) -> Verdict:
    if holds is None:
        return Verdict.COULD_NOT_TELL
    return Verdict.HOLDS if holds else Verdict.DOES_NOT_HOLD
