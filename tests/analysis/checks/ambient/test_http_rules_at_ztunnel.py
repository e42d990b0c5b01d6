"""M0943: a policy looks at HTTP where ztunnel enforces it."""

from __future__ import annotations

import pytest

from components.analysis.checks.ambient import http_rules_at_ztunnel
from tests.analysis.checking import findings_of, lines_of

NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio.io/dataplane-mode: %s}}\n---\n"
POLICY = """\
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: servicex, namespace: shop}
spec:
  action: %s
  %s: %s
  rules:
  - from: [{source: {namespaces: [front]}}]
  - to: [{operation: {%s}}]
"""
LABELS = ("selector", "{matchLabels: {app: servicex}}")
TARGET = ("targetRefs", "[{kind: Service, group: '', name: servicex}]")
SIDECAR = """\
---
apiVersion: v1
kind: Pod
metadata: {name: servicex, namespace: shop, labels: {app: servicex, sidecar.istio.io/inject: "true"}}
spec: {containers: [{name: servicex}]}
"""


@pytest.mark.parametrize(("action", "does"), [("ALLOW", "lets nothing in"), ("DENY", "keeps out all")])
def test_the_rule_that_looks_at_http_is_reported(action: str, does: str) -> None:
    text = NAMESPACE % "ambient" + POLICY % (action, *LABELS, "methods: [GET]")
    (found,) = findings_of(http_rules_at_ztunnel, text)
    assert (found.code, found.field) == ("M0943", "spec.rules[1]")
    assert "methods" in found.message
    assert does in found.message
    assert lines_of([found], text) == ["- to: [{operation: {methods: [GET]}}]"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NAMESPACE % "none" + POLICY % ("ALLOW", *LABELS, "methods: [GET]"), id="sidecars enforce it"),
        pytest.param(
            NAMESPACE % "ambient" + POLICY % ("ALLOW", *TARGET, "methods: [GET]"), id="a waypoint enforces it"
        ),
        pytest.param(NAMESPACE % "ambient" + POLICY % ("ALLOW", *LABELS, "ports: ['80']"), id="connections only"),
        pytest.param(
            NAMESPACE % "ambient" + POLICY % ("ALLOW", *LABELS, "methods: [GET]") + SIDECAR,
            id="the pods have a sidecar",
        ),
    ],
)
def test_what_is_enforced_as_it_is_written_is_not(text: str) -> None:
    assert not findings_of(http_rules_at_ztunnel, text)
