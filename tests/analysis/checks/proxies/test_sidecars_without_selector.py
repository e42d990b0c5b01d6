"""M0703: two Sidecars are for the whole namespace."""

from __future__ import annotations

from components.analysis.checks.proxies import sidecars_without_selector
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def sidecar(name: str, namespace: str = "shop", **spec: object) -> str:
    return written("Sidecar", name, namespace, spec)


def test_both_of_a_namespace_are_reported() -> None:
    text = many(sidecar("a"), sidecar("b", workloadSelector={"labels": {}}), sidecar("c", "office"))
    found = findings_of(sidecars_without_selector, text)
    assert [(each.name, each.istio) for each in found] == [("a", "IST0111"), ("b", "IST0111")]


def test_one_with_a_selector_and_an_ambient_namespace_do_not_count() -> None:
    selecting = sidecar("b", workloadSelector={"labels": {"a": "b"}})
    assert not findings_of(sidecars_without_selector, many(sidecar("a"), selecting))
    ambient = written("Namespace", "shop", None, labels={"istio.io/dataplane-mode": "ambient"})
    assert not findings_of(sidecars_without_selector, many(ambient, sidecar("a"), sidecar("b")))
