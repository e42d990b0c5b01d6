"""M0814: a pod runs with the image auto."""

from __future__ import annotations

from components.analysis.checks.workloads import pod_with_image_auto
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: gateway}
spec: {containers: [{name: %s, image: auto}]}
"""


def test_a_pod_of_a_cluster_is_an_error() -> None:
    (found,) = findings_of(pod_with_image_auto, POD % "istio-proxy" + "status: {phase: Pending}\n")
    assert (found.code, found.severity.value, found.istio) == ("M0814", "error", "IST0147")


def test_one_that_is_yet_to_be_created_is_information() -> None:
    (found,) = findings_of(pod_with_image_auto, POD % "istio-proxy")
    assert (found.code, found.severity.value) == ("M0814", "info")


def test_an_image_auto_of_another_container_is_not_reported() -> None:
    assert not findings_of(pod_with_image_auto, POD % "web")
