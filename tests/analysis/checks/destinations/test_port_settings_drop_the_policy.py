"""M0402: a port's settings drop those of the policy around it."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import port_settings_drop_the_policy
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, port_settings_drop_the_policy)


def port(around: str, entry: str) -> str:
    """A policy with an entry for port 8000."""
    return destination_rule(f"trafficPolicy:\n  portLevelSettings: [{{port: {{number: 8000}}{entry}}}]\n  {around}")


def test_each_block_that_the_entry_leaves_out_is_named() -> None:
    (found,) = found_in(
        port("outlierDetection: {}\n  connectionPool: {tcp: {maxConnections: 1}}", ", loadBalancer: {}")
    )
    assert (found.code, found.field) == ("M0402", "spec.trafficPolicy.portLevelSettings[0]")
    assert found.message.startswith("connectionPool and outlierDetection of")


def test_a_simple_algorithm_that_is_lost_is_only_noted() -> None:
    (found,) = found_in(port("loadBalancer: {simple: ROUND_ROBIN}", ", tls: {mode: SIMPLE}"))
    assert found.severity is Severity.INFO
    (found,) = found_in(port("loadBalancer: {consistentHash: {useSourceIp: true}}", ", tls: {mode: SIMPLE}"))
    assert found.severity is Severity.WARNING


def test_an_entry_that_repeats_all_is_not() -> None:
    assert not found_in(port("outlierDetection: {}", ", outlierDetection: {}"))
    assert not found_in(port("", ", loadBalancer: {simple: RANDOM}"))


def test_mutual_tls_goes_without_saying_unless_it_is_off() -> None:
    text = port("tls: {mode: ISTIO_MUTUAL}", ", loadBalancer: {}")
    assert not found_in(text)
    assert found_in(text, mesh_config={"enableAutoMtls": False})
    assert found_in(port("tls: {mode: SIMPLE}", ", loadBalancer: {}"))


def test_a_subset_has_entries_too() -> None:
    subset = """
    trafficPolicy: {outlierDetection: {}}
    subsets:
    - name: v1
      labels: {version: v1}
      trafficPolicy: {portLevelSettings: [{port: {number: 8000}, loadBalancer: {simple: RANDOM}}]}
    """
    fields = [each.field for each in found_in(destination_rule(subset))]
    assert fields == ["spec.subsets[0].trafficPolicy.portLevelSettings[0]"]
