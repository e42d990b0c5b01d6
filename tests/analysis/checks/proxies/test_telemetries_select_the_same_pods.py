"""M0741: Telemetries select the same pods."""

from __future__ import annotations

from components.analysis.checks.proxies import telemetries_select_the_same_pods
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}
spec: {containers: [{name: web}]}
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: one, namespace: shop}
spec: {selector: {matchLabels: {app: web}}}
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: two, namespace: %s}
spec: {selector: {matchLabels: {tier: %s}}}
"""


def test_both_of_two_that_select_one_pod_are_reported() -> None:
    found = findings_of(telemetries_select_the_same_pods, TEXT % ("shop", "front"))
    assert [(each.code, each.name) for each in found] == [("M0741", "one"), ("M0741", "two")]


def test_other_pods_and_other_namespaces_are_fine() -> None:
    assert not findings_of(telemetries_select_the_same_pods, TEXT % ("shop", "back"))
    assert not findings_of(telemetries_select_the_same_pods, TEXT % ("other", "front"))
