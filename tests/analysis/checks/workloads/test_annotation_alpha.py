"""M0805: an annotation in the stage alpha."""

from __future__ import annotations

from components.analysis.checks.workloads import annotation_alpha
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {sidecar.istio.io/interceptionMode: REDIRECT}}
spec: {containers: [{name: web}], initContainers: [{name: %s}]}
"""


def test_an_alpha_annotation_is_information() -> None:
    (found,) = findings_of(annotation_alpha, POD % "istio-init")
    assert (found.code, found.severity.value) == ("M0805", "info")


def test_what_the_cni_wrote_is_let_be() -> None:
    assert not findings_of(annotation_alpha, POD % "istio-validation")
