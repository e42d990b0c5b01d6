"""M0605: a policy asks for a token that nobody validates."""

from __future__ import annotations

from components.analysis.checks.security import token_validated_by_nobody
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, rules: [{%s}]}
---
"""
JWT = """
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: jwt, namespace: %s}
spec: {selector: {matchLabels: {%s}}}
"""
PRINCIPAL = "from: [{source: {requestPrincipals: ['*']}}]"
CLAIM = "when: [{key: 'request.auth.claims[group]', values: [a]}]"


def test_a_token_that_nobody_validates_is_reported_by_its_path() -> None:
    (found,) = findings_of(token_validated_by_nobody, POLICY % PRINCIPAL + JWT % ("shop", "app: other"))
    assert (found.code, found.severity.value) == ("M0605", "warning")
    assert found.field == "spec.rules[0].from[0].source.requestPrincipals"
    (found,) = findings_of(token_validated_by_nobody, POLICY % CLAIM)
    assert (found.code, found.severity.value) == ("M0605", "info")


def test_one_that_is_validated_and_a_policy_without_tokens_are_fine() -> None:
    assert not findings_of(token_validated_by_nobody, POLICY % PRINCIPAL + JWT % ("shop", "app: web"))
    assert not findings_of(token_validated_by_nobody, POLICY % CLAIM + JWT % ("istio-system", ""))
    assert not findings_of(token_validated_by_nobody, POLICY % "")
