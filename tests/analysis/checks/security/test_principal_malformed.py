"""M0608: a principal of a form that no peer has."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import principal_malformed
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{from: [{source: {principals: ["%s"]}}]}]}
"""
GOOD = ["cluster.local/ns/a/sa/b", "*", "*/sa/b", "cluster.local/ns/a/*", "*/ns/a/sa/b"]
BAD = ["spiffe://cluster.local/ns/a/sa/b", "cluster.local/sa/b", "b", "cluster.local/ns/*/sa/b", "spiffe://*", ""]


@pytest.mark.parametrize("value", BAD)
def test_another_form_is_reported(value: str) -> None:
    (found,) = findings_of(principal_malformed, POLICY % value)
    assert (found.code, found.field) == ("M0608", "spec.rules[0].from[0].source.principals[0]")


@pytest.mark.parametrize("value", GOOD)
def test_what_can_match_is_not(value: str) -> None:
    assert not findings_of(principal_malformed, POLICY % value)


def test_conditions_are_looked_at() -> None:
    text = POLICY.replace('from: [{source: {principals: ["%s"]}}]', "when: [{key: source.principal, values: [b]}]")
    assert [each.field for each in findings_of(principal_malformed, text)] == ["spec.rules[0].when[0].values[0]"]
