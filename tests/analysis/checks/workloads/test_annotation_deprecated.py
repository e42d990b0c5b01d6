"""M0804: an annotation that is deprecated."""

from __future__ import annotations

from components.analysis.checks.workloads import annotation_deprecated
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {sidecar.istio.io/inject: "true"}%s}
spec: {containers: [{name: web}]}
"""


def test_the_annotation_alone_is_reported_and_the_remedy_is_the_label() -> None:
    (found,) = findings_of(annotation_deprecated, POD % "")
    assert (found.code, found.severity.value, found.istio) == ("M0804", "info", "IST0135")
    assert "label" in found.remedy


def test_beside_the_label_it_is_not() -> None:
    assert not findings_of(annotation_deprecated, POD % ', labels: {sidecar.istio.io/inject: "true"}')
