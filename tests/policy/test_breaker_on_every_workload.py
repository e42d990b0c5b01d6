"""breaker-on-every-workload: which DestinationRules guard a Service's host."""

from __future__ import annotations

import pytest

from tests.policy.stacks import UNKNOWN, judged, unknowns, violations

NAME = "breaker-on-every-workload"
SERVICE = """---
apiVersion: v1
kind: Service
metadata: {name: servicex, namespace: shop}
spec: {selector: {app: servicex}, ports: [{name: http, port: 80}, {name: admin, port: 81}]}
"""
EJECTS = "outlierDetection: {consecutive5xxErrors: 3}"
UNGUARDED = ["Service/shop/servicex metadata.name"]
POWERLESS = ["DestinationRule/shop/servicex spec.trafficPolicy"]


def rule(policy: str, *, host: str = "servicex", namespace: str = "shop", more: str = "") -> str:
    return (
        f"---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\n"
        f"metadata: {{name: servicex, namespace: {namespace}}}\n"
        f"spec: {{host: '{host}', trafficPolicy: {{{policy}}}{more}}}\n"
    )


def test_a_host_without_a_rule_is_refused() -> None:
    assert violations(NAME, SERVICE) == UNGUARDED


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "loadBalancer: {simple: ROUND_ROBIN}",
        "outlierDetection: {consecutive5xxErrors: 0, consecutiveLocalOriginFailures: 3}",
        "connectionPool: {tcp: {connectTimeout: 1s}}",
        "connectionPool: {}",
        f"portLevelSettings: [{{port: {{number: 80}}, {EJECTS}}}]",
    ],
    ids=["nothing", "balancing only", "never ejects", "no limit", "an empty pool", "one port of two"],
)
def test_a_rule_that_neither_ejects_nor_limits_is_refused(policy: str) -> None:
    """At the rule, for that is where to mend it."""
    assert violations(NAME, SERVICE + rule(policy)) == POWERLESS


@pytest.mark.parametrize(
    "policy",
    [
        EJECTS,
        "outlierDetection: {}",
        "outlierDetection: {consecutive5xxErrors: 0, consecutiveGatewayErrors: 5}",
        "outlierDetection: {consecutive5xxErrors: 0, splitExternalLocalOriginErrors: true}",
        "connectionPool: {tcp: {maxConnections: 100}}",
        "connectionPool: {http: {http1MaxPendingRequests: 1}}",
        f"portLevelSettings: [{{port: {{number: 80}}, {EJECTS}}}, {{port: {{number: 81}}, {EJECTS}}}]",
    ],
    ids=[
        "ejects",
        "ejects by default",
        "gateway errors only",
        "failures to connect",
        "connections",
        "requests that wait",
        "every port",
    ],
)
def test_a_rule_that_ejects_or_limits_passes(policy: str) -> None:
    assert violations(NAME, SERVICE + rule(policy)) == []


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (f", subsets: [{{name: a, trafficPolicy: {{{EJECTS}}}}}, {{name: b, trafficPolicy: {{{EJECTS}}}}}]", []),
        (f", subsets: [{{name: a, trafficPolicy: {{{EJECTS}}}}}, {{name: b}}]", POWERLESS),
    ],
    ids=["every subset", "one subset of two"],
)
def test_a_rule_whose_subsets_all_do_passes(more: str, found: list[str]) -> None:
    assert violations(NAME, SERVICE + rule("", more=more)) == found


@pytest.mark.parametrize(
    ("host", "namespace", "found"),
    [
        ("servicex.shop.svc.cluster.local", "shop", []),
        ("*.shop.svc.cluster.local", "istio-system", []),
        ("*", "istio-system", []),
        ("servicex.shop", "shop", UNGUARDED),
        ("other", "shop", UNGUARDED),
        ("servicex", "istio-system", UNGUARDED),
        ("servicex.shop.svc.cluster.local", "callers", UNGUARDED),
    ],
    ids=["in full", "a wildcard", "all", "half a name", "another", "short elsewhere", "for one namespace's callers"],
)
def test_the_rule_has_to_be_for_that_host_and_for_all_callers(host: str, namespace: str, found: list[str]) -> None:
    """Istio completes a host without a dot by the rule's own namespace, and no other."""
    assert violations(NAME, SERVICE + rule(EJECTS, host=host, namespace=namespace)) == found


def test_a_rule_for_some_callers_is_none_for_all() -> None:
    more = ", workloadSelector: {matchLabels: {app: caller}}"
    assert violations(NAME, SERVICE + rule(EJECTS, more=more)) == UNGUARDED


@pytest.mark.parametrize(
    "text",
    [
        SERVICE.replace("shop", "istio-system"),
        SERVICE.replace("selector: {app: servicex}, ", ""),
        SERVICE + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
        SERVICE
        + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: servicex, namespace: shop}\nspec: {template: "
        "{metadata: {labels: {app: servicex, v: '1'}, annotations: {inject.istio.io/templates: gateway}}, "
        "spec: {containers: [{name: istio-proxy}]}}}\n",
    ],
    ids=["the control plane's", "without pods of its own", "outside the mesh", "before a gateway"],
)
def test_a_service_that_is_before_no_workload_is_left_alone(text: str) -> None:
    assert violations(NAME, text) == []


@pytest.mark.parametrize(
    "policy", [f"outlierDetection: {UNKNOWN}", f"portLevelSettings: {UNKNOWN}"], ids=["ejection", "ports"]
)
def test_a_rule_that_is_not_known_yet_can_not_be_told(policy: str) -> None:
    assert len(unknowns(NAME, SERVICE + rule(policy))) == 1


def test_a_host_that_is_not_known_yet_may_be_this_one() -> None:
    assert unknowns(NAME, SERVICE + rule(EJECTS, host=UNKNOWN)) == ["DestinationRule/shop/servicex spec.host"]


def test_the_message_says_which_host_and_what_to_declare() -> None:
    (said,) = judged(NAME, SERVICE)
    assert "has host servicex.shop.svc.cluster.local" in str(said)
    assert "Declare one in namespace shop." in str(said)
    assert said.of.urn == "urn:0"
