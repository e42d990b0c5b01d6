"""M0601: an AuthorizationPolicy selects no pod."""

from __future__ import annotations

from components.analysis.checks.security import authorization_selects_nothing
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: %s}
spec: {%s}
---
"""
POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web}]}
---
"""
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
WEB, OTHER = "selector: {matchLabels: {app: web}}", "selector: {matchLabels: {app: other}}"


def test_labels_that_no_pod_has_are_a_warning() -> None:
    (found,) = findings_of(authorization_selects_nothing, POLICY % ("shop", OTHER) + POD)
    assert (found.code, found.severity.value, found.istio) == ("M0601", "warning", "IST0127")


def test_one_of_the_root_namespace_selects_everywhere_and_one_of_another_does_not() -> None:
    assert not findings_of(authorization_selects_nothing, POLICY % ("istio-system", WEB) + POD)
    found = findings_of(authorization_selects_nothing, POLICY % ("other", WEB) + POD)
    assert [(each.code, each.severity.value) for each in found] == [("M0601", "info")]


def test_a_pod_out_of_the_mesh_does_not_count() -> None:
    text = POLICY % ("shop", WEB) + POD
    assert not findings_of(authorization_selects_nothing, text + NAMESPACE % "istio-injection: enabled")
    assert not findings_of(authorization_selects_nothing, text + NAMESPACE % "istio.io/rev: canary")
    assert not findings_of(authorization_selects_nothing, text + NAMESPACE % "istio.io/dataplane-mode: ambient")
    found = findings_of(authorization_selects_nothing, text + NAMESPACE % "")
    assert [each.code for each in found] == ["M0601"]


def test_without_a_selector_the_namespace_must_have_pods() -> None:
    assert not findings_of(authorization_selects_nothing, POLICY % ("shop", "") + POD)
    assert [each.code for each in findings_of(authorization_selects_nothing, POLICY % ("empty", "") + POD)] == ["M0601"]
