"""Time and shares. Time is `timedelta`, so a unit can not be mistaken; a share is a `Percent`, so 250 can not be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

MILLISECOND = timedelta(milliseconds=1)
SMALLEST_PERCENT = 0.0001
"""The smallest share of requests that istiod's webhook takes, and that Envoy keeps, in millionths."""


def milliseconds(count: float) -> timedelta:
    return timedelta(milliseconds=count)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@dataclass(frozen=True, slots=True, order=True)
class Percent:
    """A share of requests, from 0 to 100; Istio keeps it to a ten-thousandth of a percent.

    Raises `ValueError` outside 0 to 100.
    """

    value: float

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 100:
            raise ValueError(f"a share of {self.value} % does not exist; give a Percent from 0 to 100")

    def __str__(self) -> str:
        return f"{self.value:g} %"

    @property
    def share(self) -> float:
        """The same as a number from 0 to 1."""
        return self.value / 100


def require_at_least(shortest: timedelta, what: str, given: timedelta) -> None:
    """Refuse a duration below `shortest`; `what` names it in the user's words."""
    if given < shortest:
        raise ValueError(
            f"{what} is {_in_words(given)}; Istio takes {_in_words(shortest)} or more. "
            "Give a longer time, or leave it out"
        )
    if given % MILLISECOND:
        raise ValueError(f"{what} is {_in_words(given)}; Istio takes whole milliseconds only. Round it to one")


def require_some(what: str, share: Percent) -> None:
    """Refuse a share of requests that Istio would keep as none; `what` says what happens to them."""
    if share.value < SMALLEST_PERCENT:
        raise ValueError(
            f"{what} {share.value:g} % of the requests; Istio keeps a share to {SMALLEST_PERCENT} %. "
            "Give a share above 0, or leave it out"
        )


def require_positive(what: str, given: int | None) -> None:
    """Refuse a count below 1; None means that the user left it out."""
    if given is not None and given < 1:
        raise ValueError(f"{what} is {given}; it must be 1 or more. Leave it out to have no such limit")


def require_between(what: str, given: int | None, *, least: int, most: int) -> None:
    """Refuse a whole number outside `least` to `most`; None means that the user left it out."""
    if given is not None and not least <= given <= most:
        raise ValueError(f"{what} is {given}; it must be {least} or more and at most {most}")


def _in_words(time: timedelta) -> str:
    return f"{time.total_seconds():g} s"
