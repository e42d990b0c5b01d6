"""M0812: a pod of an injected namespace has no proxy."""

from __future__ import annotations

from components.analysis.checks.workloads import pod_without_proxy
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop%s}
spec: {containers: [{name: web}]}
"""
OTHER = """---
apiVersion: v1
kind: Pod
metadata: {name: other, namespace: shop}
spec: {containers: [{name: other}, {name: istio-proxy, image: proxyv2}]}
"""


def test_beside_a_pod_that_has_one_it_is_a_warning() -> None:
    (found,) = findings_of(pod_without_proxy, TEXT % "" + OTHER)
    assert (found.code, found.severity.value, found.name) == ("M0812", "warning", "web")


def test_a_pod_that_somebody_wrote_is_information() -> None:
    (found,) = findings_of(pod_without_proxy, TEXT % "")
    assert (found.code, found.severity.value) == ("M0812", "info")


def test_a_pod_that_declines_is_not_reported() -> None:
    assert not findings_of(pod_without_proxy, TEXT % ', labels: {sidecar.istio.io/inject: "false"}' + OTHER)
