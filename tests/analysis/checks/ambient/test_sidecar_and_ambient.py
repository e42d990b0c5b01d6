"""M0940: pods have a sidecar and are in ambient mode."""

from __future__ import annotations

import pytest

from components.analysis.checks.ambient import sidecar_and_ambient
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of, lines_of

NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n---\n"
AMBIENT = "istio.io/dataplane-mode: ambient"
PODS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: servicex, namespace: shop}
spec:
  template:
    metadata: {labels: {app: servicex%s}}
    spec: {containers: [{name: %s}]}
"""
INJECTED = ', sidecar.istio.io/inject: "true"'


@pytest.mark.parametrize(
    ("namespace", "labels", "container", "severity"),
    [
        pytest.param("", INJECTED + ", " + AMBIENT, "servicex", Severity.ERROR, id="both labels"),
        pytest.param("", ", " + AMBIENT, "istio-proxy", Severity.ERROR, id="a sidecar stands in them"),
        pytest.param(AMBIENT, INJECTED, "servicex", Severity.WARNING, id="in an ambient namespace"),
    ],
)
def test_pods_that_are_claimed_twice_are_reported(
    namespace: str, labels: str, container: str, severity: Severity
) -> None:
    text = NAMESPACE % namespace + PODS % (labels, container)
    (found,) = findings_of(sidecar_and_ambient, text)
    assert (found.code, found.severity, found.field) == ("M0940", severity, "spec.template.metadata.labels")
    assert lines_of([found], text)[0].startswith("metadata: {labels: {app: servicex")


@pytest.mark.parametrize(
    ("namespace", "labels"),
    [
        pytest.param("", INJECTED, id="a sidecar alone"),
        pytest.param(AMBIENT, "", id="ambient alone"),
        pytest.param(AMBIENT, INJECTED + ", istio.io/dataplane-mode: none", id="taken out of ambient mode"),
    ],
)
def test_pods_that_are_claimed_once_are_not(namespace: str, labels: str) -> None:
    assert not findings_of(sidecar_and_ambient, NAMESPACE % namespace + PODS % (labels, "servicex"))
