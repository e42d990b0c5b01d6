"""M0315: minHealthPercent is reached before maxEjectionPercent."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import panic_before_the_ejection_limit
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, panic_before_the_ejection_limit)


def ejection(fields: str) -> str:
    """A DestinationRule with this outlierDetection."""
    return destination_rule(f"trafficPolicy: {{outlierDetection: {{{fields}}}}}")


def test_a_floor_above_the_rest_is_noted() -> None:
    (found,) = found_in(ejection("maxEjectionPercent: 80, minHealthPercent: 50"))
    assert (found.code, found.field) == ("M0315", "spec.trafficPolicy.outlierDetection.minHealthPercent")
    assert "more than 50 %" in found.message
    assert found_in(ejection("minHealthPercent: 91"))


def test_a_floor_that_the_limit_just_keeps_is_not() -> None:
    assert not found_in(ejection("maxEjectionPercent: 50, minHealthPercent: 50"))
    assert not found_in(ejection("minHealthPercent: 90"))
