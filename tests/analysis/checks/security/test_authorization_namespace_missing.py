"""M0602: an AuthorizationPolicy names a namespace that does not exist."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import authorization_namespace_missing
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{from: [{source: {%s: ["%s"]}}]}]}
---
"""
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"


@pytest.mark.parametrize("key", ["namespaces", "notNamespaces"])
def test_a_namespace_that_is_nowhere_is_an_error(key: str) -> None:
    (found,) = findings_of(authorization_namespace_missing, POLICY % (key, "front") + NAMESPACE)
    assert (found.code, found.severity.value) == ("M0602", "error")
    assert found.field == f"spec.rules[0].from[0].source.{key}[0]"


def test_without_any_namespace_among_the_documents_it_is_information() -> None:
    (found,) = findings_of(authorization_namespace_missing, POLICY % ("namespaces", "front"))
    assert (found.code, found.severity.value) == ("M0602", "info")


@pytest.mark.parametrize("entry", ["shop", "SHOP", "sh*", "*op", "*", "istio-system", "default"])
def test_what_fits_one_that_is_there_is_not_reported(entry: str) -> None:
    assert not findings_of(authorization_namespace_missing, POLICY % ("namespaces", entry) + NAMESPACE)
