"""M0815: pods with the image auto are not injected."""

from __future__ import annotations

from components.analysis.checks.workloads import template_with_image_auto
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, namespace: shop}
spec:
  template:
    metadata: {labels: {%s}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
"""
NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
WEBHOOK = """---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: injector}
webhooks:
- name: object.sidecar-injector.istio.io
  objectSelector: {matchLabels: {inject: "please"}}
"""


def test_what_no_label_asks_for_is_reported() -> None:
    (found,) = findings_of(template_with_image_auto, TEXT % "" + NAMESPACE % "")
    assert (found.code, found.severity.value, found.istio) == ("M0815", "warning", "IST0146")


def test_webhooks_among_the_documents_decide() -> None:
    inject = 'sidecar.istio.io/inject: "true"'
    assert [each.code for each in findings_of(template_with_image_auto, TEXT % inject + WEBHOOK)] == ["M0815"]
    assert not findings_of(template_with_image_auto, TEXT % "inject: please" + WEBHOOK)


def test_a_label_of_the_pod_or_of_the_namespace_is_enough() -> None:
    assert not findings_of(template_with_image_auto, TEXT % 'sidecar.istio.io/inject: "true"')
    assert not findings_of(template_with_image_auto, TEXT % "" + NAMESPACE % "istio-injection: enabled")


def test_without_the_namespace_it_is_information() -> None:
    (found,) = findings_of(template_with_image_auto, TEXT % "")
    assert (found.code, found.severity.value) == ("M0815", "info")
