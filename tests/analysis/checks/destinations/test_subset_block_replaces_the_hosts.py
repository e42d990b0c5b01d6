"""M0403: a subset's block drops fields of the host's."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import subset_block_replaces_the_hosts
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, subset_block_replaces_the_hosts)


def subset(general: str, own: str) -> str:
    """A host's policy and its subset's."""
    rest = f"{{name: v1, labels: {{version: v1}}, trafficPolicy: {{{own}}}}}"
    return destination_rule(f"trafficPolicy: {{{general}}}\nsubsets: [{rest}]")


def test_fields_of_the_hosts_block_that_the_subset_leaves_out_are_named() -> None:
    general = "connectionPool: {tcp: {maxConnections: 5}, http: {maxRetries: 1}}"
    (found,) = found_in(subset(general, "connectionPool: {http: {http1MaxPendingRequests: 2}}"))
    assert (found.code, found.field) == ("M0403", "spec.subsets[0].trafficPolicy.connectionPool")
    assert found.message.startswith("tcp.maxConnections and http.maxRetries of")


def test_another_block_or_the_same_fields_are_not() -> None:
    assert not found_in(subset("outlierDetection: {interval: 5s}", "connectionPool: {tcp: {maxConnections: 5}}"))
    assert not found_in(subset("outlierDetection: {interval: 5s}", "outlierDetection: {interval: 9s}"))


def test_another_algorithm_and_another_mode_of_tls_are_meant() -> None:
    assert not found_in(subset("loadBalancer: {simple: RANDOM}", "loadBalancer: {consistentHash: {useSourceIp: true}}"))
    assert not found_in(subset("tls: {mode: SIMPLE, sni: a.example.com}", "tls: {mode: DISABLE}"))
