"""Which pods are in the mesh."""

from __future__ import annotations

import pytest

from components.analysis.injection import has_sidecar, in_ambient, in_mesh, injector_config_map
from tests.analysis.checking import snapshot_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {%s}, annotations: {%s}}
spec: {containers: [{name: web}%s]}
---
"""
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
ENABLED, AMBIENT = "istio-injection: enabled", "istio.io/dataplane-mode: ambient"
TRUE, FALSE = 'sidecar.istio.io/inject: "true"', 'sidecar.istio.io/inject: "false"'


def told(labels: str, annotations: str = "", more: str = "", namespace: str | None = None) -> tuple[bool | None, ...]:
    text = POD % (labels, annotations, more) + (NAMESPACE % namespace if namespace is not None else "")
    snapshot = snapshot_of(text)
    (workload,) = snapshot.workloads.all
    return (
        has_sidecar(workload, snapshot.namespaces),
        in_ambient(workload, snapshot.namespaces),
        in_mesh(workload, snapshot.namespaces),
    )


def test_a_container_says_more_than_a_label_a_label_more_than_an_annotation_and_that_more_than_the_namespace() -> None:
    assert told(FALSE, more=", {name: istio-proxy}", namespace="")[0] is True
    assert told(FALSE, TRUE, namespace=ENABLED)[0] is False
    assert told("", FALSE, namespace=ENABLED)[0] is False
    assert told("", namespace=ENABLED)[0] is True


@pytest.mark.parametrize(
    ("namespace", "sidecar"),
    [
        ("istio.io/rev: canary", True),
        ("istio-injection: disabled, istio.io/rev: canary", False),
        ("", False),
        (None, None),
    ],
    ids=["revision", "disabled over revision", "says nothing", "not declared"],
)
def test_the_namespace_decides_when_the_pod_says_nothing(namespace: str | None, sidecar: bool | None) -> None:
    assert told("", namespace=namespace)[0] is sidecar


def test_ambient_is_told_by_what_ztunnel_wrote_the_pod_and_the_namespace() -> None:
    assert told("", "ambient.istio.io/redirection: enabled")[1] is True
    assert told("istio.io/dataplane-mode: none", namespace=AMBIENT)[1] is False
    assert told("", namespace=AMBIENT) == (False, True, True)
    assert told("", namespace=f"{AMBIENT}, {ENABLED}")[1] is False


def test_in_the_mesh_is_either_way_and_unknown_when_one_way_is_and_the_other_is_not_taken() -> None:
    assert told(TRUE)[2] is True
    assert told(FALSE)[2] is None
    assert told("", namespace="")[2] is False


def test_a_revision_has_an_injector_of_its_own() -> None:
    assert injector_config_map("canary") == "istio-sidecar-injector-canary"
    assert {injector_config_map(each) for each in (None, "", "default")} == {"istio-sidecar-injector"}
