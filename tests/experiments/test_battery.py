"""Whole batteries over simulated meshes: what is true holds, and each way to differ is found."""

from __future__ import annotations

import pytest

from components.experiments.verdict import Verdict
from components.model import Abort, Delay, Mesh, MutualTLS, OutlierDetection, Percent, RoundRobin, milliseconds, seconds

from .battery import battery, rows_with
from .meshes import dev, prod


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param(dev(), id="dev"),
        pytest.param(dev(mutual_tls=MutualTLS.STRICT), id="dev with strict mutual TLS, so without a control"),
        pytest.param(dev(abort=Abort(418)), id="an abort of every request"),
        pytest.param(dev(delay=Delay(milliseconds(500))), id="a delay of every request"),
    ],
)
def test_a_mesh_that_does_what_it_declares_holds_in_every_row(declared: Mesh) -> None:
    """Nothing fails, and nothing is left open, in a mesh in which every declared thing can be measured."""
    outcome = battery(declared)
    assert rows_with(outcome, Verdict.DOES_NOT_HOLD) == set()
    assert rows_with(outcome, Verdict.COULD_NOT_TELL) == set()


BREAKER_ROWS = {"servicex: errors with the breaker", "servicex: errors on the run after"}

DIFFERENCES = [
    pytest.param(dev(stable_weight=85), {"a.mesh.test: canary: shares"}, id="weights five points off"),
    pytest.param(dev(abort=None), {"a.mesh.test: abort: aborted"}, id="no abort"),
    pytest.param(
        dev(abort=Abort(503, on=Percent(25))), {"a.mesh.test: abort: aborted"}, id="abort with another status"
    ),
    pytest.param(dev(abort=Abort(500, on=Percent(31))), {"a.mesh.test: abort: aborted"}, id="abort of six points more"),
    pytest.param(
        dev(delay=None), {"a.mesh.test: delay: delayed", "a.mesh.test: delay: length of the delay"}, id="no delay"
    ),
    pytest.param(
        dev(delay=Delay(milliseconds(700), on=Percent(50))),
        {"a.mesh.test: delay: length of the delay"},
        id="a longer delay",
    ),
    pytest.param(
        dev(delay=Delay(milliseconds(300), on=Percent(50))),
        {"a.mesh.test: delay: delayed", "a.mesh.test: delay: length of the delay"},
        id="a shorter delay",
    ),
    pytest.param(dev(breaker=None), BREAKER_ROWS, id="no breaker"),
    pytest.param(
        dev(breaker=OutlierDetection(consecutive_gateway_errors=5, base_ejection_time=seconds(1))),
        BREAKER_ROWS,
        id="endpoints come back too soon",
    ),
    pytest.param(dev(sticky=RoundRobin()), {"a.mesh.test: sticky: a key sticks to a pod"}, id="the hash is ignored"),
    pytest.param(
        dev(prefix_200="/moved"), {"a.mesh.test: only-200 (/200*)"}, id="a prefix that falls to the route behind"
    ),
    pytest.param(dev(b_to="504"), {"b.mesh.test: all (all others)"}, id="a host that goes to the wrong version"),
    pytest.param(
        dev(mutual_tls=MutualTLS.STRICT),
        {"servicex: plain text from outside"},
        id="strict where permissive is declared",
    ),
]


@pytest.mark.parametrize(("real", "expected"), DIFFERENCES)
def test_each_difference_is_found_and_nothing_else_is(real: Mesh, expected: set[str]) -> None:
    """A mesh that differs from what it declares in one way does not hold in the rows of that way, and only there."""
    assert rows_with(battery(dev(), real), Verdict.DOES_NOT_HOLD) == expected


def test_permissive_where_strict_is_declared_is_found() -> None:
    """Plain text that is answered although the mesh declares STRICT does not hold."""
    outcome = battery(prod(), prod(mutual_tls=MutualTLS.PERMISSIVE), fails={})
    assert rows_with(outcome, Verdict.DOES_NOT_HOLD) == {"servicex: plain text from outside"}


def test_a_missing_replica_is_found() -> None:
    """One pod where two are declared does not hold, and there the hashed keys have nowhere to spread."""
    outcome = battery(dev(), dev(stable_replicas=1))
    found = rows_with(outcome, Verdict.DOES_NOT_HOLD)
    assert {"servicex: pods of version 200", "a.mesh.test: sticky: keys spread"} <= found


def test_without_a_failing_version_nobody_can_tell_about_the_breaker() -> None:
    """A breaker is not said to hold when nothing failed that could have opened it, and the row says so."""
    outcome = battery(prod(), fails={})
    assert rows_with(outcome, Verdict.COULD_NOT_TELL) == {"servicex: circuit breaker"}
    assert rows_with(outcome, Verdict.DOES_NOT_HOLD) == set()
    row = next(row for row in outcome.rows if row.verdict is Verdict.COULD_NOT_TELL)
    assert "nothing fails here" in row.claim.measured


def test_ejections_shorter_than_the_run_are_not_held_against_the_mesh() -> None:
    """An endpoint that may be back within the run fails again, as declared: nobody can tell whether a breaker was there."""
    brief = dev(breaker=OutlierDetection(consecutive_gateway_errors=5, base_ejection_time=seconds(1)))
    outcome = battery(brief)
    assert rows_with(outcome, Verdict.COULD_NOT_TELL) == {"servicex: errors with the breaker"}
    assert rows_with(outcome, Verdict.DOES_NOT_HOLD) == set()


@pytest.mark.parametrize("wait", [0.01, 0.5, 5.0], ids=["at once", "after half a second", "after five seconds"])
def test_the_breaker_is_seen_however_long_a_failing_answer_takes(wait: float) -> None:
    """Slow failures are sent more slowly, so that those under way when the breaker opens do not hide it."""
    assert not BREAKER_ROWS & rows_with(battery(dev(), fails={"504": wait}), Verdict.DOES_NOT_HOLD)


def test_false_alarms_stay_within_their_rate() -> None:
    """Of 150 batteries over a mesh that does what it declares, no more fail than the family-wise rate of 1 in 10 allows.

    The bound is three standard deviations above 15; the seeds are fixed, so the test always gives the same result.
    """
    alarms = 0
    for seed in range(150):
        outcome = battery(dev(), seed=seed, false_alarms=0.1, difference=0.2)
        alarms += bool(rows_with(outcome, Verdict.DOES_NOT_HOLD))
    assert alarms <= 15 + 3 * (150 * 0.1 * 0.9) ** 0.5
