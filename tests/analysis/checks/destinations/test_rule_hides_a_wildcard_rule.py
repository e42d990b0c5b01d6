"""M0410: a rule for one host hides the settings of a rule for many."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import rule_hides_a_wildcard_rule
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, rule_hides_a_wildcard_rule)


def wide(policy: str, namespace: str = "istio-system") -> str:
    """A rule for all hosts of example.com."""
    return destination_rule(f"trafficPolicy: {{{policy}}}", name="all", namespace=namespace, host="*.example.com")


def narrow(policy: str, host: str = "api.example.com") -> str:
    """A rule for one."""
    return destination_rule(f"trafficPolicy: {{{policy}}}", name="api", host=host)


def test_tls_that_is_hidden_is_a_warning_and_the_rest_a_note() -> None:
    (found,) = found_in(narrow("outlierDetection: {}") + wide("tls: {mode: SIMPLE}"))
    assert (found.code, found.name, found.severity) == ("M0410", "api", Severity.WARNING)
    assert "DestinationRule istio-system/all" in found.message
    (found,) = found_in(narrow("outlierDetection: {}") + wide("connectionPool: {tcp: {maxConnections: 5}}", "shop"))
    assert found.severity is Severity.INFO


def test_what_is_repeated_or_goes_without_saying_is_not() -> None:
    assert not found_in(narrow("tls: {mode: SIMPLE}") + wide("tls: {mode: SIMPLE}"))
    assert not found_in(narrow("outlierDetection: {}") + wide("tls: {mode: ISTIO_MUTUAL}"))


def test_another_host_or_a_rule_off_the_way_hides_nothing() -> None:
    assert not found_in(narrow("outlierDetection: {}", "api.example.org") + wide("tls: {mode: SIMPLE}"))
    assert not found_in(narrow("outlierDetection: {}") + wide("tls: {mode: SIMPLE}", "bank"))
