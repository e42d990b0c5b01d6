"""M0604: requests without a token are let in."""

from __future__ import annotations

from components.analysis.checks.security import anonymous_requests_let_in
from tests.analysis.checking import findings_of

JWT = """
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: jwt, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: i}]}
---
"""
POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: %s}
spec: {%s}
"""
ASKS = "rules: [{from: [{source: {requestPrincipals: ['*']}}]}]"
DENIES = "action: DENY, rules: [{from: [{source: {notRequestPrincipals: ['*']}}]}]"
WEB, OTHER = "selector: {matchLabels: {app: web}}, ", "selector: {matchLabels: {app: other}}, "


def test_no_policy_at_all_is_information_and_one_that_asks_for_none_makes_it_a_warning() -> None:
    found = findings_of(anonymous_requests_let_in, JWT)
    assert [(each.code, each.severity.value) for each in found] == [("M0604", "info")]
    found = findings_of(anonymous_requests_let_in, JWT + POLICY % ("shop", "rules: [{}]"))
    assert [(each.code, each.severity.value) for each in found] == [("M0604", "warning")]


def test_a_policy_that_asks_for_a_token_of_the_same_workload_is_enough() -> None:
    for spec in (ASKS, DENIES, WEB + ASKS, "rules: [{when: [{key: 'request.auth.claims[x]', values: [y]}]}]"):
        assert not findings_of(anonymous_requests_let_in, JWT + POLICY % ("shop", spec))
    assert not findings_of(anonymous_requests_let_in, JWT + POLICY % ("istio-system", ASKS))


def test_one_of_another_workload_or_namespace_is_not() -> None:
    for policy in (POLICY % ("shop", OTHER + ASKS), POLICY % ("other", ASKS)):
        assert [each.code for each in findings_of(anonymous_requests_let_in, JWT + policy)] == ["M0604"]
