"""M0407: a subset's settings are not in force: no rule sends to it."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import subset_policy_never_used
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule, virtual_service

found_in = partial(findings_of, subset_policy_never_used)

RULE = destination_rule("subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {outlierDetection: {}}}]")


def test_a_subset_with_settings_that_no_rule_sends_to_is_reported() -> None:
    (found,) = found_in(RULE + virtual_service("- route: [{destination: {host: servicex}}]"))
    assert (found.code, found.field, found.severity) == ("M0407", "spec.subsets[0].trafficPolicy", Severity.WARNING)


def test_without_rules_for_the_host_it_can_not_be_told() -> None:
    assert [each.severity for each in found_in(RULE)] == [Severity.INFO]
    assert [each.severity for each in found_in(RULE, complete=True)] == [Severity.WARNING]


def test_a_subset_that_is_sent_to_or_has_no_settings_is_not() -> None:
    assert not found_in(RULE + virtual_service("- route: [{destination: {host: servicex, subset: v1}}]"))
    assert not found_in(destination_rule("subsets: [{name: v1, labels: {version: v1}}]"), complete=True)
