"""M0802: an annotation where Istio does not read it."""

from __future__ import annotations

from components.analysis.checks.workloads import annotation_misplaced
from tests.analysis.checking import findings_of


def test_an_annotation_for_pods_on_a_deployment_belongs_on_its_template() -> None:
    text = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {sidecar.istio.io/logLevel: debug}}
spec: {template: {spec: {containers: [{name: web}]}}}
"""
    (found,) = findings_of(annotation_misplaced, text)
    assert (found.code, found.kind) == ("M0802", "Deployment")
    assert "spec.template.metadata.annotations" in found.remedy


def test_one_that_may_stand_anywhere_and_one_that_is_not_known_are_not_reported() -> None:
    text = """
apiVersion: v1
kind: Namespace
metadata: {name: shop, annotations: {galley.istio.io/analyze-suppress: "*", istio.io/nothing: "1"}}
"""
    assert not findings_of(annotation_misplaced, text)
