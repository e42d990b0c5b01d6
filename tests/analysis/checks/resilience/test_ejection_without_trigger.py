"""M0311: outlier detection has every trigger off."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import ejection_without_trigger
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, ejection_without_trigger)


def ejection(fields: str) -> str:
    """A DestinationRule with this outlierDetection."""
    return destination_rule(f"trafficPolicy: {{outlierDetection: {{{fields}}}}}")


def test_outlier_detection_with_all_off_is_an_error() -> None:
    (found,) = found_in(ejection("consecutive5xxErrors: 0, consecutiveErrors: 3"))
    assert (found.code, found.field) == ("M0311", "spec.trafficPolicy.outlierDetection")
    assert "consecutiveErrors 3 is read no more" in found.message


def test_each_trigger_alone_is_enough() -> None:
    for fields in ("", "consecutive5xxErrors: 0, consecutiveGatewayErrors: 1", "consecutive5xxErrors: 1"):
        assert not found_in(ejection(fields))
    assert not found_in(ejection("consecutive5xxErrors: 0, splitExternalLocalOriginErrors: true"))
