"""M0409: failover of a subset or port without outlier detection has no effect."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import failover_without_outlier_detection
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, failover_without_outlier_detection)

FAILOVER = "loadBalancer: {localityLbSetting: {failover: [{from: a, to: b}]}}"


def subset(own: str, general: str = "") -> str:
    """A host's policy and its subset's."""
    rest = f"{{name: v1, labels: {{version: v1}}, trafficPolicy: {{{own}}}}}"
    return destination_rule(f"trafficPolicy: {{{general}}}\nsubsets: [{rest}]")


def test_a_subsets_failover_without_ejection_in_force_is_reported() -> None:
    (found,) = found_in(subset(FAILOVER))
    where = "spec.subsets[0].trafficPolicy.loadBalancer.localityLbSetting.failover"
    assert (found.code, found.field) == ("M0409", where)


def test_a_subset_inherits_it_and_a_port_does_not() -> None:
    assert not found_in(subset(FAILOVER, "outlierDetection: {}"))
    assert not found_in(subset(f"{FAILOVER}, outlierDetection: {{}}"))
    entry = f"portLevelSettings: [{{port: {{number: 8000}}, {FAILOVER}}}]"
    (found,) = found_in(destination_rule(f"trafficPolicy: {{outlierDetection: {{}}, {entry}}}"))
    assert "port 8000" in found.message


def test_the_hosts_own_is_the_webhooks_matter() -> None:
    assert not found_in(destination_rule(f"trafficPolicy: {{{FAILOVER}}}"))
