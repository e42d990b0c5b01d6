"""M0603: istiod may fetch keys from any address."""

from __future__ import annotations

from components.analysis.checks.security import jwks_fetched_from_anywhere
from tests.analysis.checking import findings_of

ISTIOD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: istiod, namespace: istio-system, labels: {app: istiod}}
spec: {template: {spec: {containers: [{name: discovery, env: [{name: %s, value: "%s"}]}]}}}
---
"""
POLICY = "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: jwt}\nspec: {}\n"


def test_istiod_without_the_variable_or_with_an_empty_one_is_reported() -> None:
    for name, value in (("OTHER", "x"), ("BLOCKED_CIDRS_IN_JWKS_URIS", "")):
        (found,) = findings_of(jwks_fetched_from_anywhere, ISTIOD % (name, value) + POLICY)
        assert (found.code, found.kind, found.istio) == ("M0603", "Deployment", "IST0175")


def test_with_the_variable_and_without_policies_it_is_not() -> None:
    assert not findings_of(jwks_fetched_from_anywhere, ISTIOD % ("BLOCKED_CIDRS_IN_JWKS_URIS", "10.0.0.0/8") + POLICY)
    assert not findings_of(jwks_fetched_from_anywhere, ISTIOD % ("OTHER", "x"))
