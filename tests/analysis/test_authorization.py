"""What AuthorizationPolicies speak of."""

from __future__ import annotations

import pytest

from components.analysis.authorization import (
    Principal,
    asks_identity,
    asks_token,
    local_trust_domains,
    principals_of,
    read_principal,
    reads_http,
    service_accounts_of,
)
from components.api.security.authorization_policy import AuthorizationPolicy, Condition, Operation, Rule, Source
from tests.analysis.checking import snapshot_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{from: [{source: {serviceAccounts: [front, desk/clerk]}}]}]}
"""


def of(source: Source | None = None, operation: Operation | None = None, condition: Condition | None = None) -> Rule:
    return Rule(
        from_=(Rule.From(source=source),) if source is not None else (),
        to=(Rule.To(operation=operation),) if operation is not None else (),
        when=(condition,) if condition is not None else (),
    )


def test_a_principal_in_full_is_read_and_a_pattern_is_not() -> None:
    assert read_principal("cluster.local/ns/shop/sa/web") == Principal("cluster.local", "shop", "web")
    assert read_principal("*/ns/shop/sa/web") == Principal("*", "shop", "web")
    for text in ("cluster.local/ns/shop/sa/*", "spiffe://cluster.local/ns/shop/sa/web", "web", ""):
        assert read_principal(text) is None


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        (of(operation=Operation(methods=("GET",))), "methods"),
        (of(operation=Operation(not_paths=("/",))), "paths"),
        (of(operation=Operation(hosts=("a",))), "hosts"),
        (of(source=Source(request_principals=("*",))), "requestPrincipals"),
        (of(condition=Condition(key="request.headers[x]")), "request.headers[x]"),
        (of(source=Source(principals=("a",)), operation=Operation(ports=("80",))), None),
        (of(condition=Condition(key="destination.port")), None),
    ],
    ids=["methods", "paths", "hosts", "tokens", "headers", "ports", "destination"],
)
def test_what_only_http_has_is_told(rule: Rule, read: str | None) -> None:
    assert reads_http(rule) == read


def test_identities_tokens_and_principals_are_found_with_their_paths() -> None:
    spec = AuthorizationPolicy(
        rules=(
            of(source=Source(principals=("a",), not_request_principals=("*",))),
            of(condition=Condition(key="source.principal", values=("b",), not_values=("c",))),
        )
    )
    assert [each.value for each in principals_of(spec)] == ["a", "b", "c"]
    assert list(asks_token(spec)) == ["spec.rules[0].from[0].source.notRequestPrincipals"]
    assert list(asks_identity(spec)) == ["spec.rules[0].from[0].source.principals", "spec.rules[1].when[0].key"]


def test_an_account_without_a_namespace_is_of_that_of_the_policy() -> None:
    (policy,) = snapshot_of(POLICY).authorization_policies
    assert [(namespace, name) for _, namespace, name in service_accounts_of(policy)] == [
        ("shop", "front"),
        ("desk", "clerk"),
    ]


def test_cluster_local_is_always_the_meshs_own() -> None:
    snapshot = snapshot_of(POLICY, mesh_config={"trustDomain": "a", "trustDomainAliases": ["b"]})
    assert local_trust_domains(snapshot) == {"cluster.local", "a", "b"}
