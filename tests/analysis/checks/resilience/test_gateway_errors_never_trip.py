"""M0310: consecutiveGatewayErrors has no effect beside consecutive5xxErrors."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import gateway_errors_never_trip
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, gateway_errors_never_trip)


def ejection(fields: str) -> str:
    """A DestinationRule with this outlierDetection."""
    return destination_rule(f"trafficPolicy: {{outlierDetection: {{{fields}}}}}")


def test_the_default_of_five_comes_first() -> None:
    (found,) = found_in(ejection("consecutiveGatewayErrors: 7"))
    assert (found.code, found.field) == ("M0310", "spec.trafficPolicy.outlierDetection.consecutiveGatewayErrors")
    assert "consecutive5xxErrors 5 (what it is when it is not given)" in found.message
    assert found_in(ejection("consecutiveGatewayErrors: 5"))
    assert found_in(ejection("consecutiveGatewayErrors: 3, consecutive5xxErrors: 2"))


def test_a_smaller_number_and_5xx_that_are_off_are_not() -> None:
    assert not found_in(ejection("consecutiveGatewayErrors: 4"))
    assert not found_in(ejection("consecutiveGatewayErrors: 7, consecutive5xxErrors: 0"))
    assert not found_in(ejection("consecutiveGatewayErrors: 0"))
