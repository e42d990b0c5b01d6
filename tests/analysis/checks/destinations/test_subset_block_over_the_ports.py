"""M0404: a subset's block replaces the host's settings for a port."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import subset_block_over_the_ports
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, subset_block_over_the_ports)


def ports(own: str) -> str:
    """A host's settings for port 8000, and a subset's."""
    general = "trafficPolicy: {portLevelSettings: [{port: {number: 8000}, loadBalancer: {simple: RANDOM}}]}"
    rest = f"{{name: v1, labels: {{version: v1}}, trafficPolicy: {{{own}}}}}"
    return destination_rule(f"{general}\nsubsets: [{rest}]")


def test_a_subsets_block_for_all_ports_wins_over_the_hosts_for_one() -> None:
    (found,) = found_in(ports("loadBalancer: {simple: ROUND_ROBIN}"))
    assert (found.code, found.field) == ("M0404", "spec.subsets[0].trafficPolicy.loadBalancer")
    assert "port 8000" in found.message


def test_an_equal_block_another_block_and_an_entry_of_the_subset_are_not() -> None:
    assert not found_in(ports("loadBalancer: {simple: RANDOM}"))
    assert not found_in(ports("outlierDetection: {}"))
    entry = "portLevelSettings: [{port: {number: 8000}, loadBalancer: {simple: RANDOM}}]"
    assert not found_in(ports(f"loadBalancer: {{simple: ROUND_ROBIN}}, {entry}"))
