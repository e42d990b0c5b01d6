"""M0702: two Sidecars select the same workload."""

from __future__ import annotations

from components.analysis.checks.proxies import sidecars_of_one_workload
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def sidecar(name: str, **labels: str) -> str:
    return written("Sidecar", name, spec={"workloadSelector": {"labels": labels}})


BOTH = many(sidecar("a", app="x"), sidecar("b", version="1"))


def test_each_sidecar_is_reported_for_each_workload() -> None:
    pods = many(*(written("Pod", f"p{each}", labels={"app": "x", "version": "1"}) for each in range(2)))
    found = findings_of(sidecars_of_one_workload, many(pods, BOTH))
    assert sorted((each.name, each.istio) for each in found) == [
        ("a", "IST0110"),
        ("a", "IST0110"),
        ("b", "IST0110"),
        ("b", "IST0110"),
    ]


def test_workloads_of_one_sidecar_and_ambient_pods_are_not() -> None:
    assert not findings_of(sidecars_of_one_workload, many(written("Pod", "p", labels={"app": "x"}), BOTH))
    ambient = {"ambient.istio.io/redirection": "enabled"}
    pod = written("Pod", "p", labels={"app": "x", "version": "1"}, annotations=ambient)
    assert not findings_of(sidecars_of_one_workload, many(pod, BOTH))
