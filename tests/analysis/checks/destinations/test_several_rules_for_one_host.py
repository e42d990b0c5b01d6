"""M0405: of several DestinationRules for one host a part is discarded."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import several_rules_for_one_host
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, several_rules_for_one_host)

POLICY = "trafficPolicy: {outlierDetection: {}}"
SUBSET = "subsets: [{name: v1, labels: {version: v1}}]"


def pair(one: str, other: str, *, extra: str = "", host: str = "servicex.shop.svc.cluster.local") -> str:
    """Two rules for a host."""
    return destination_rule(one, name="a") + destination_rule(other, name="b", host=host, extra=extra)


def test_the_second_policy_and_the_second_subset_of_a_name_are_discarded() -> None:
    found = found_in(pair(POLICY, POLICY))
    assert [(each.code, each.name, each.field) for each in found] == [("M0405", "b", "spec.trafficPolicy")]
    found = found_in(pair(SUBSET, SUBSET))
    assert [(each.name, each.field) for each in found] == [("b", "spec.subsets[0].name")]


def test_rules_that_add_up_are_merged() -> None:
    assert not found_in(pair(POLICY, SUBSET))
    assert not found_in(pair(SUBSET, SUBSET.replace("v1", "v2")))


def test_rules_for_other_clients_or_hosts_are_rules_of_their_own() -> None:
    assert not found_in(pair(POLICY, POLICY, extra="workloadSelector: {matchLabels: {app: a}}"))
    assert not found_in(pair(POLICY, POLICY, host="*.shop.svc.cluster.local"))


def test_rules_that_are_exported_otherwise_are_not_merged() -> None:
    found = found_in(pair(POLICY, SUBSET, extra="exportTo: ['.']"))
    assert [each.field for each in found] == ["spec.exportTo"]
    first = destination_rule(POLICY, name="a", extra="exportTo: [bank]")
    assert not found_in(first + destination_rule(SUBSET, name="b", extra="exportTo: ['.']"))
