"""M0313: maxEjectionPercent 0 means 10."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import ejection_of_zero_percent
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, ejection_of_zero_percent)


def ejection(fields: str) -> str:
    """A DestinationRule with this outlierDetection."""
    return destination_rule(f"trafficPolicy: {{outlierDetection: {{{fields}}}}}")


def test_0_is_reported_and_no_other_number() -> None:
    (found,) = found_in(ejection("maxEjectionPercent: 0"))
    assert (found.code, found.field) == ("M0313", "spec.trafficPolicy.outlierDetection.maxEjectionPercent")
    assert not found_in(ejection("maxEjectionPercent: 1"))
    assert not found_in(ejection(""))
