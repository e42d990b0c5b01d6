"""M0701: a Sidecar selects no workload."""

from __future__ import annotations

from components.analysis.checks.proxies import sidecar_selects_no_workload
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def sidecar(namespace: str = "shop", **labels: str) -> str:
    return written("Sidecar", "s", namespace, {"workloadSelector": {"labels": labels}})


POD = written("Pod", "p", labels={"app": "x"})


def test_labels_of_no_pod_of_its_namespace_are_an_error() -> None:
    (found,) = findings_of(sidecar_selects_no_workload, many(POD, sidecar(app="y")))
    assert (found.istio, found.severity) == ("IST0101", Severity.ERROR)
    other = written("Pod", "q", "office", labels={"app": "z"})
    assert findings_of(sidecar_selects_no_workload, many(POD, other, sidecar("office", app="x")))


def test_without_pods_of_the_namespace_it_is_not_told_for_sure() -> None:
    assert [each.severity for each in findings_of(sidecar_selects_no_workload, sidecar(app="y"))] == [Severity.INFO]


def test_no_selector_is_the_whole_namespace() -> None:
    assert not findings_of(sidecar_selects_no_workload, many(POD, sidecar(), written("Sidecar", "t"), sidecar(app="x")))
