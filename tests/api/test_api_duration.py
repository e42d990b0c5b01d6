"""Durations: what documents may say, and what is written."""

from __future__ import annotations

import pickle
from datetime import timedelta

import pytest

from components.api import Duration


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("5s", "5s"),
        ("0.5s", "0.5s"),
        ("1h10m", "4200s"),
        ("1.5h", "5400s"),
        ("250ms", "0.25s"),
        ("1us", "0.000001s"),
        ("15.000000005s", "15.000000005s"),
        ("1ns", "0.000000001s"),
        ("0s", "0s"),
        ("0", "0s"),
        ("-1.5s", "-1.5s"),
        (".5s", "0.5s"),
        ("1.s", "1s"),
    ],
)
def test_every_form_is_read_and_one_is_written(text: str, written: str) -> None:
    """Go's form and protobuf's are read, to the nanosecond; protobuf's is written."""
    assert str(Duration.parse(text)) == written
    assert Duration.parse(written) == Duration.parse(text)


@pytest.mark.parametrize("text", ["", "5", "5 s", "s", "5x", "1h 10m", "--5s", "1e3s", "5s5", "PT5S", "\u0665s"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    """The text that was given is in the error, with examples of what is right."""
    with pytest.raises(ValueError, match=r'expected a duration such as "5s", "0.5s" or "1h10m", got ') as error:
        Duration.parse(text)
    assert repr(text) in str(error.value)


def test_a_duration_longer_than_go_can_hold_is_refused() -> None:
    """istiod could not read it."""
    with pytest.raises(ValueError, match="at most 9223372036s"):
        Duration.parse("2562048h")


def test_nanoseconds_tell_durations_apart() -> None:
    """Durations that differ by a nanosecond differ, though timedelta holds microseconds only."""
    assert Duration.parse("1.000000001s") != Duration.parse("1s")
    assert Duration.parse("1.000000001s") > Duration.parse("1s") >= timedelta(seconds=1)
    assert Duration.parse("1s") < Duration.parse("1.000000001s") <= Duration.parse("1.000000001s")
    assert Duration.parse("1.000000001s").total_nanoseconds() == 1_000_000_001
    assert Duration(seconds=1) == timedelta(seconds=1)
    assert hash(Duration(seconds=1)) == hash(timedelta(seconds=1))


def test_a_duration_survives_pickling() -> None:
    """Also its nanoseconds."""
    assert pickle.loads(pickle.dumps(Duration.parse("1.000000001s"))) == Duration.parse("1.000000001s")
