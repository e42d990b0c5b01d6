"""The statistics: what they promise, computed exactly."""

from __future__ import annotations

import pytest
from scipy.stats import binom

from components.experiments.statistics import (
    Effort,
    fewer_p,
    missed_p,
    one_pod_p,
    rejected,
    share_p,
    shares_p,
    streak_p,
)
from components.experiments.verdict import Claim, Verdict, judge


def accepted(count: int, share: float, level: float) -> tuple[int, int]:
    """The fewest and the most hits that the exact test does not reject: its p-value falls from the mean to both sides."""
    middle = round(count * share)
    low = next(hits for hits in range(middle, -2, -1) if hits < 0 or share_p(hits, count, share) <= level) + 1
    high = next(hits for hits in range(middle, count + 2) if hits > count or share_p(hits, count, share) <= level) - 1
    return low, high


@pytest.mark.parametrize("share", [0.01, 0.1, 0.25, 0.5, 0.9, 1.0])
def test_the_sample_size_has_the_power_that_it_promises(share: float) -> None:
    """With so many requests, a share that is five points off is rejected with at least the promised chance of 0.99."""
    effort = Effort(tests=8)
    count = effort.requests_for(share)
    low, high = accepted(count, share, effort.level)
    for real in (share - effort.difference, share + effort.difference):
        if 0 < real < 1:
            assert 1 - (binom.cdf(high, count, real) - binom.cdf(low - 1, count, real)) >= 0.99


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_the_exact_test_rejects_the_truth_no_more_often_than_its_level(share: float) -> None:
    """Over all outcomes of 500 requests, those that are rejected at 1 in 1,000 have a chance of at most that."""
    low, high = accepted(500, share, 0.001)
    assert 1 - (binom.cdf(high, 500, share) - binom.cdf(low - 1, 500, share)) <= 0.001


def test_two_parts_of_a_split_are_one_question() -> None:
    """The p-value of a split in two is that of either part; three parts pay for being asked three times."""
    assert shares_p([880, 120], [0.9, 0.1]) == pytest.approx(share_p(120, 1000, 0.1))
    assert shares_p([400, 300, 300], [0.5, 0.25, 0.25]) == pytest.approx(3 * share_p(400, 1000, 0.5))


def test_a_part_with_no_share_must_get_nothing() -> None:
    """One request to a destination of weight 0 is impossible, and none is no evidence of anything."""
    assert shares_p([999, 1], [1.0, 0.0]) == 0.0
    assert shares_p([1000, 0], [1.0, 0.0]) == 1.0


def test_fewer_is_fishers_exact_test() -> None:
    """The tea-tasting table, 1 of 4 against 3 of 4, has the one-sided p-value 17/70."""
    assert fewer_p(1, 4, 3, 4) == pytest.approx(17 / 70)


def test_the_chances_that_need_no_table() -> None:
    """Bounds for a row of misses, an unseen pod, and all keys on one pod, worked out by hand."""
    assert streak_p(10, 100, 0.5) == pytest.approx(100 / 1024)
    assert streak_p(0, 100, 0.5) == 1.0
    assert missed_p(10, 2) == pytest.approx(2 / 1024)
    assert missed_p(1, 1) == 0.0
    assert one_pod_p(11, 2) == pytest.approx(1 / 1024)


@pytest.mark.parametrize(
    ("p_values", "expected"),
    [
        pytest.param([0.02, 0.03, 0.04], (False, False, False), id="none below a third of the rate"),
        pytest.param(
            [0.01, 0.06, 0.02], (True, False, True), id="the step-down lets the second fall, and not the third"
        ),
        pytest.param([0.06, 0.001], (False, True), id="order does not matter"),
        pytest.param([], (), id="no test"),
    ],
)
def test_holm_steps_down(p_values: list[float], expected: tuple[bool, ...]) -> None:
    """At 5 %, the smallest of m falls at 0.05/m, the next at 0.05/(m-1), until one stands."""
    assert rejected(p_values, 0.05) == expected


def test_only_rows_with_a_p_value_share_the_false_alarms() -> None:
    """A row without chance keeps its own verdict, and a row with neither is left open."""
    rows = judge(
        [
            Claim("host", "tested", declared="", measured="", p=0.0004),
            Claim("host", "tested and true", declared="", measured="", p=0.9),
            Claim("host", "seen", declared="", measured="", holds=False),
            Claim("host", "unknown", declared="", measured=""),
        ],
        0.001,
    )
    expected = [Verdict.DOES_NOT_HOLD, Verdict.HOLDS, Verdict.DOES_NOT_HOLD, Verdict.COULD_NOT_TELL]
    assert [row.verdict for row in rows] == expected
