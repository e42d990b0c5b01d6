"""M0818: two webhooks inject the same pods."""

from __future__ import annotations

from components.analysis.checks.workloads import webhooks_overlap
from tests.analysis.checking import findings_of

WEBHOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: %s}
webhooks:
- name: %s
  clientConfig: {url: "https://istiod"}
  namespaceSelector: {matchLabels: {%s}}
---"""
ISTIO = "sidecar-injector.istio.io"


def test_both_of_two_that_match_the_same_labels_are_reported() -> None:
    text = WEBHOOK % ("one", ISTIO, "istio-injection: enabled") + WEBHOOK % ("two", ISTIO, "istio-injection: enabled")
    found = findings_of(webhooks_overlap, text)
    assert {each.code for each in found} == {"M0818"}
    assert [each.name for each in found] == ["one", "two"]


def test_revisions_are_told_from_the_selectors() -> None:
    one, two = WEBHOOK % ("one", ISTIO, "istio.io/rev: a"), WEBHOOK % ("two", ISTIO, "istio.io/rev: b")
    assert not findings_of(webhooks_overlap, one + two)
    both = findings_of(webhooks_overlap, one + WEBHOOK % ("two", ISTIO, "istio.io/rev: a"))
    assert [each.code for each in both] == ["M0818", "M0818"]


def test_webhooks_of_others_are_not_looked_at() -> None:
    text = WEBHOOK % ("one", ISTIO, "istio-injection: enabled") + WEBHOOK % ("two", "x.org", "istio-injection: enabled")
    assert not findings_of(webhooks_overlap, text)
