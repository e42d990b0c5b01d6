"""M0707: a Sidecar of the root namespace has a selector."""

from __future__ import annotations

from components.analysis.checks.proxies import selector_in_root_namespace
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def sidecar(namespace: str, **labels: str) -> str:
    return written("Sidecar", "s", namespace, {"workloadSelector": {"labels": labels}} if labels else {})


def test_a_selector_in_the_root_namespace_is_reported() -> None:
    (found,) = findings_of(selector_in_root_namespace, sidecar("istio-system", app="x"))
    assert (found.code, found.field) == ("M0707", "spec.workloadSelector")
    assert not findings_of(selector_in_root_namespace, many(sidecar("istio-system"), sidecar("shop", app="x")))


def test_the_root_namespace_is_the_meshs() -> None:
    config = {"rootNamespace": "mesh-root"}
    assert findings_of(selector_in_root_namespace, sidecar("mesh-root", app="x"), mesh_config=config)
    assert not findings_of(selector_in_root_namespace, sidecar("istio-system", app="x"), mesh_config=config)
