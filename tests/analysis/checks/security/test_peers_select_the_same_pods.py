"""M0615: PeerAuthentications select the same workload."""

from __future__ import annotations

from components.analysis.checks.security import peers_select_the_same_pods
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}
spec: {containers: [{name: web}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: one, namespace: shop}
spec: {selector: {matchLabels: {app: web}}}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: two, namespace: shop}
spec: {selector: {matchLabels: {tier: %s}}}
"""


def test_both_of_two_that_select_one_pod_are_reported() -> None:
    found = findings_of(peers_select_the_same_pods, TEXT % "front")
    assert [(each.code, each.name) for each in found] == [("M0615", "one"), ("M0615", "two")]


def test_other_pods_are_fine() -> None:
    assert not findings_of(peers_select_the_same_pods, TEXT % "back")
