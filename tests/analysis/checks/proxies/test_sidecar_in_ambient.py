"""M0704: a Sidecar is for workloads in ambient mode."""

from __future__ import annotations

from components.analysis.checks.proxies import sidecar_in_ambient
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

AMBIENT = {"istio.io/dataplane-mode": "ambient"}


def test_a_sidecar_of_an_ambient_namespace_is_reported() -> None:
    namespace = written("Namespace", "shop", None, labels=AMBIENT)
    (found,) = findings_of(sidecar_in_ambient, many(namespace, written("Sidecar", "s")))
    assert (found.istio, found.severity) == ("IST0167", Severity.WARNING)


def test_a_label_that_asks_for_sidecars_goes_first() -> None:
    for label in ({"istio-injection": "enabled"}, {"istio.io/rev": "canary"}):
        namespace = written("Namespace", "shop", None, labels=AMBIENT | label)
        assert not findings_of(sidecar_in_ambient, many(namespace, written("Sidecar", "s")))


def test_a_selector_that_finds_an_ambient_pod_is_reported_once() -> None:
    redirected = {"ambient.istio.io/redirection": "enabled"}
    pods = [written("Pod", f"p{each}", labels={"app": "x"}, annotations=redirected) for each in range(2)]
    sidecar = written("Sidecar", "s", spec={"workloadSelector": {"labels": {"app": "x"}}})
    assert [each.field for each in findings_of(sidecar_in_ambient, many(*pods, sidecar))] == [
        "spec.workloadSelector.labels"
    ]
