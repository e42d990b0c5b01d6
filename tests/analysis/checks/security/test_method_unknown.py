"""M0617: a method that HTTP does not have."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import method_unknown
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{to: [{operation: {%s: ["%s"]}}]}]}
"""


@pytest.mark.parametrize("method", ["get", "GETS", "/package.Service/Method", "po*", ""])
@pytest.mark.parametrize("key", ["methods", "notMethods"])
def test_what_is_no_method_is_reported(key: str, method: str) -> None:
    (found,) = findings_of(method_unknown, POLICY % (key, method))
    assert (found.code, found.field) == ("M0617", f"spec.rules[0].to[0].operation.{key}[0]")


@pytest.mark.parametrize("method", ["GET", "PROPFIND", "PO*", "*T", "*"])
def test_methods_and_patterns_are_not(method: str) -> None:
    assert not findings_of(method_unknown, POLICY % ("methods", method))
