"""Lengths of time as they are written in Istio's documents."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

__all__ = ["Duration", "DurationValue", "format_duration"]

# time.ParseDuration of Go, which is what istiod and the CEL rules of the CRDs read durations with.
UNITS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,  # the micro sign, and below the Greek letter: Go takes both
    "μs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
TERM = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)")
# google.protobuf.Duration: ten thousand years in seconds; Go's own limit, 2**63 ns, is what istiod can hold.
LIMIT = 2**63 - 1


class Duration(timedelta):
    """A timedelta that also holds nanoseconds, because documents may.

    `Duration(seconds=5)`, `Duration.parse("1h10m")`; `str()` gives the form of protobuf's JSON: "4200s",
    "0.5s". A field that wants a Duration takes any timedelta.
    """

    _rest: int

    def __new__(
        cls,
        *,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
        milliseconds: float = 0,
        microseconds: float = 0,
        nanoseconds: int = 0,
    ) -> Duration:
        micros, rest = divmod(nanoseconds, 1000)
        made = super().__new__(
            cls,
            days=days,
            hours=hours,
            minutes=minutes,
            seconds=seconds,
            milliseconds=milliseconds,
            microseconds=microseconds + micros if micros else microseconds,
        )
        made._rest = rest
        return made

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read "5s", "0.5s", "1h10m" or "-1.5s". Raises ValueError when the text is no duration."""
        return _parsed(text)

    @classmethod
    def _parse(cls, text: str) -> Duration:
        from fractions import Fraction  # only documents with durations pay for it

        unsigned = text[1:] if text[:1] in ("-", "+") else text
        terms = TERM.findall(unsigned)
        if unsigned != "0" and (not terms or "".join(number + unit for number, unit in terms) != unsigned):
            raise ValueError(f'expected a duration such as "5s", "0.5s" or "1h10m", got {text!r}')
        total = int(sum((Fraction(number) * UNITS[unit] for number, unit in terms), Fraction(0)))
        if total > LIMIT:
            raise ValueError(f"expected a duration of at most {LIMIT // 10**9}s, got {text!r}")
        return cls(nanoseconds=-total if text.startswith("-") else total)

    def total_nanoseconds(self) -> int:
        """The whole length in nanoseconds."""
        return nanoseconds_of(self)

    def __str__(self) -> str:
        return format_duration(self)

    def __repr__(self) -> str:
        return f"Duration.parse({format_duration(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, timedelta) and nanoseconds_of(self) == nanoseconds_of(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: timedelta) -> bool:
        return nanoseconds_of(self) < nanoseconds_of(other)

    def __le__(self, other: timedelta) -> bool:
        return nanoseconds_of(self) <= nanoseconds_of(other)

    def __gt__(self, other: timedelta) -> bool:
        return nanoseconds_of(self) > nanoseconds_of(other)

    def __ge__(self, other: timedelta) -> bool:
        return nanoseconds_of(self) >= nanoseconds_of(other)

    def __hash__(self) -> int:
        return super().__hash__()

    def __reduce__(self) -> tuple[object, ...]:
        return (Duration.parse, (str(self),))


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Duration:
    """The documents of a mesh repeat a few durations over and over."""
    return Duration._parse(text)


if TYPE_CHECKING:
    DurationValue = timedelta
else:
    # Decoding always makes a Duration; writing a plain timedelta is as good, so that is what the type says.
    DurationValue = Duration


def format_duration(value: timedelta) -> str:
    """The form of protobuf's JSON: seconds, with as many decimals as needed, at most nine."""
    total = nanoseconds_of(value)
    seconds, rest = divmod(abs(total), 10**9)
    decimals = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{'-' if total < 0 else ''}{seconds}{decimals}s"


def nanoseconds_of(value: timedelta) -> int:
    """The whole length of any timedelta in nanoseconds."""
    whole = (value.days * 86_400 + value.seconds) * 10**9 + value.microseconds * 1000
    return whole + (value._rest if isinstance(value, Duration) else 0)
