"""M0801: an annotation that Istio does not know."""

from __future__ import annotations

from components.analysis.checks.workloads import annotation_unknown
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {%s: "true"}}
spec: {containers: [{name: web}]}
"""


def test_a_key_of_istios_domain_that_is_in_no_table_is_reported_with_the_one_that_was_meant() -> None:
    (found,) = findings_of(annotation_unknown, POD % "sidecar.istio.io/rewriteAppHTTPProber")
    assert (found.code, found.istio) == ("M0801", "IST0108")
    assert "sidecar.istio.io/rewriteAppHTTPProbers" in found.remedy


def test_what_istio_writes_itself_and_what_is_not_its_own_is_let_be() -> None:
    assert not findings_of(annotation_unknown, POD % "sidecar.istio.io/status")
    assert not findings_of(annotation_unknown, POD % "kubernetes.io/psp")


def test_a_template_of_pods_is_looked_at() -> None:
    text = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {annotations: {sidecar.istio.io/inyect: "true"}}
    spec: {containers: [{name: web}]}
"""
    (found,) = findings_of(annotation_unknown, text)
    assert found.field == 'spec.template.metadata.annotations["sidecar.istio.io/inyect"]'
