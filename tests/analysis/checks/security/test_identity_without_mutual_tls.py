"""M0606: a policy wants an identity where mutual TLS is not strict."""

from __future__ import annotations

from components.analysis.checks.security import identity_without_mutual_tls
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {action: %s, rules: [{from: [{source: {%s}}]}]}
---
"""
PEER = """
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: %s}}
"""
PRINCIPAL = "principals: [cluster.local/ns/a/sa/b]"


def verdict(action: str, source: str, mode: str | None) -> list[tuple[str, str]]:
    text = POLICY % (action, source) + (PEER % mode if mode else "")
    return [(each.code, each.severity.value) for each in findings_of(identity_without_mutual_tls, text)]


def test_without_mutual_tls_it_is_a_warning() -> None:
    for source in (PRINCIPAL, "namespaces: [a]", "serviceAccounts: [a/b]", "trustDomains: [t]"):
        assert verdict("ALLOW", source, "DISABLE") == [("M0606", "warning")]


def test_permissive_is_a_warning_for_what_denies_and_information_for_what_allows() -> None:
    assert verdict("DENY", PRINCIPAL, "PERMISSIVE") == [("M0606", "warning")]
    assert verdict("ALLOW", PRINCIPAL, "PERMISSIVE") == [("M0606", "info")]
    assert verdict("DENY", PRINCIPAL, None) == [("M0606", "info")]


def test_strict_and_policies_that_want_no_identity_are_fine() -> None:
    assert verdict("ALLOW", PRINCIPAL, "STRICT") == []
    assert verdict("ALLOW", "ipBlocks: [10.0.0.0/8]", "DISABLE") == []
