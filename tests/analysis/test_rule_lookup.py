"""DestinationRules are found as a client's proxy gets them, and merged as istiod does."""

from __future__ import annotations

import pytest

from components.analysis.clusters import endpoints_of, governed
from components.analysis.rule_lookup import RuleLookup, covers, policy_of, sites_of, subset_named
from components.api.networking.destination_rule import DestinationRule
from tests.analysis.checking import snapshot_of
from tests.analysis.documents import deployment, destination_rule, service

HOST = "servicex.shop.svc.cluster.local"
POLICY = "trafficPolicy: {outlierDetection: {}}"


def rule(name: str, namespace: str, host: str = HOST, extra: str = "") -> str:
    return destination_rule(POLICY, name=name, namespace=namespace, host=host, extra=extra)


def names(
    text: str, client: str = "shop", host: str = HOST, owner: str | None = "shop", root: str = "istio-system"
) -> list[str]:
    lookup = RuleLookup(snapshot_of(text).destination_rules, root)
    return [each.name for each in lookup.in_force(host, client, owner)]


def test_the_clients_namespace_comes_before_the_hosts_and_that_before_the_root() -> None:
    text = rule("own", "web") + rule("hosts", "shop") + rule("root", "istio-system")
    assert names(text, client="web") == ["own"]
    assert names(text, client="bank") == ["hosts"]
    assert names(rule("root", "istio-system"), client="bank") == ["root"]


def test_a_client_in_the_root_namespace_looks_at_the_hosts_first() -> None:
    text = rule("hosts", "shop") + rule("root", "istio-system")
    assert names(text, client="istio-system") == ["hosts"]
    assert names(text + rule("own", "istio-system", extra="exportTo: ['.']"), client="istio-system") == ["own"]


def test_any_other_namespace_is_never_looked_at() -> None:
    assert names(rule("elsewhere", "bank", extra="exportTo: ['*']"), client="web") == []


def test_within_a_namespace_the_most_specific_host_wins() -> None:
    wide = rule("wide", "shop", "*.local") + rule("narrow", "shop", "*.shop.svc.cluster.local")
    assert names(wide) == ["narrow"]
    assert names(wide + rule("exact", "shop", "servicex")) == ["exact"]


def test_a_rule_that_is_not_exported_is_not_seen() -> None:
    assert names(rule("own", "shop", extra="exportTo: ['.']"), client="web") == []
    assert names(rule("own", "shop", extra="exportTo: [web]"), client="web") == ["own"]
    assert names(rule("own", "shop", extra="workloadSelector: {matchLabels: {a: b}}"), client="web") == []


def test_a_rule_for_a_more_specific_host_that_is_exported_elsewhere_hides_the_wildcard_of_its_namespace() -> None:
    wide = rule("wide", "shop", "*.local") + rule("root", "istio-system", "*.local")
    assert names(wide + rule("own", "shop", extra="exportTo: [bank]"), client="web") == ["root"]
    assert names(wide + rule("own", "shop", extra="exportTo: ['.']"), client="web") == ["wide"]


@pytest.mark.parametrize(
    ("wildcard", "host", "covered"),
    [
        pytest.param("*.example.com", "a.example.com", True, id="below"),
        pytest.param("*.example.com", "example.com", False, id="itself"),
        pytest.param("*.example.com", "*.a.example.com", True, id="narrower-wildcard"),
        pytest.param("*", "a", True, id="everything"),
        pytest.param("*.example.com", "*.example.com", False, id="equal"),
    ],
)
def test_a_wildcard_covers_what_ends_as_it_does(wildcard: str, host: str, covered: bool) -> None:
    assert covers(wildcard, host) is covered


MERGED = """
trafficPolicy:
  loadBalancer: {simple: RANDOM}
  connectionPool: {tcp: {maxConnections: 1}}
  portLevelSettings: [{port: {number: 8000}, outlierDetection: {}}]
subsets:
- {name: plain, labels: {version: v1}}
- name: own
  labels: {version: v2}
  trafficPolicy:
    connectionPool: {tcp: {maxConnections: 2}}
    portLevelSettings: [{port: {number: 9000}, tls: {mode: SIMPLE}}]
"""


def given(subset: str | None, port: int | None) -> set[str]:
    (declared,) = snapshot_of(destination_rule(MERGED)).destination_rules
    policy = policy_of(declared.spec, subset_named(declared.spec, subset), port)
    found = {name for name, block in policy._asdict().items() if block is not None}
    pool = policy.connection_pool
    return found | ({f"{pool.tcp.max_connections} connections"} if pool is not None and pool.tcp is not None else set())


def test_a_port_stands_alone_and_a_subset_lies_over_what_holds_for_the_port() -> None:
    assert given(None, None) == {"load_balancer", "connection_pool", "1 connections"}
    assert given(None, 8000) == {"outlier_detection"}
    assert given("plain", 8000) == {"outlier_detection"}
    assert given("own", None) == {"load_balancer", "connection_pool", "2 connections"}
    assert given("own", 8000) == {"outlier_detection", "connection_pool", "2 connections"}
    assert given("own", 9000) == {"tls"}
    assert given("missing", None) == given(None, None)


def test_every_place_of_a_policy_has_its_path() -> None:
    (declared,) = snapshot_of(destination_rule(MERGED)).destination_rules
    assert [(each.path, each.port) for each in sites_of(declared.spec)] == [
        ("spec.trafficPolicy", None),
        ("spec.trafficPolicy.portLevelSettings[0]", 8000),
        ("spec.subsets[1].trafficPolicy", None),
        ("spec.subsets[1].trafficPolicy.portLevelSettings[0]", 9000),
    ]
    assert list(sites_of(DestinationRule())) == []


def test_a_destination_without_port_has_the_only_port_of_its_service() -> None:
    snapshot = snapshot_of(destination_rule(MERGED) + service())
    found = governed(snapshot, (HOST, "", 0), "shop")
    assert found is not None
    assert found.policy.outlier_detection is not None
    two = service(ports="[{name: http, port: 8000}, {name: other, port: 8001}]")
    found = governed(snapshot_of(destination_rule(MERGED) + two), (HOST, "", 0), "shop")
    assert found is not None
    assert found.policy.outlier_detection is None


def test_endpoints_are_the_replicas_that_selector_and_labels_choose() -> None:
    snapshot = snapshot_of(
        service() + deployment("a", 3) + deployment("b", 2, version="v2") + deployment("c", 9, app="c")
    )
    host = snapshot.hosts.find(HOST, "shop")
    assert host is not None
    assert endpoints_of(snapshot, host, {}) == 5
    assert endpoints_of(snapshot, host, {"version": "v2"}) == 2
    assert endpoints_of(snapshot, host, {"version": "v3"}) is None
    assert endpoints_of(snapshot, host, {"app": "c"}) is None
