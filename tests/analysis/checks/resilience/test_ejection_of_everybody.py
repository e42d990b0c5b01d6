"""M0314: every endpoint can be ejected at once."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import ejection_of_everybody
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import deployment, destination_rule, service

found_in = partial(findings_of, ejection_of_everybody)


def ejection(fields: str) -> str:
    """A DestinationRule with this outlierDetection."""
    return destination_rule(f"trafficPolicy: {{outlierDetection: {{{fields}}}}}")


def test_a_hundred_percent_without_a_floor_is_noted_with_the_endpoints() -> None:
    (found,) = found_in(ejection("maxEjectionPercent: 100") + service() + deployment("a", 3))
    assert (found.code, found.severity) == ("M0314", Severity.INFO)
    assert "(3 endpoints)" in found.message


def test_less_than_all_a_floor_and_no_trigger_are_not() -> None:
    for fields in ("maxEjectionPercent: 99", "maxEjectionPercent: 100, minHealthPercent: 1", ""):
        assert not found_in(ejection(fields))
    assert not found_in(ejection("maxEjectionPercent: 100, consecutive5xxErrors: 0"))
