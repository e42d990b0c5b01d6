"""M0110: a subset selects no pod."""

from __future__ import annotations

from components.analysis.checks.references import subset_selects_no_pod
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"selector": {"app": "x"}, "ports": [{"name": "http", "port": 80}]})


def rule(host: str = "servicex", **labels: str) -> str:
    named = {key.replace("__", "/").replace("_", "."): value for key, value in labels.items()}
    return written("DestinationRule", "x", spec={"host": host, "subsets": [{"name": "s", "labels": named}]})


def pod(node: str | None = None, **labels: str) -> str:
    return written("Pod", "p", spec={"containers": [], "nodeName": node}, labels=labels)


def test_labels_on_no_pod_of_the_service_are_an_error() -> None:
    (found,) = findings_of(subset_selects_no_pod, many(SERVICE, pod(app="x", version="1"), rule(version="2")))
    assert (found.field, found.severity) == ("spec.subsets[0]", Severity.ERROR)


def test_a_pod_of_another_application_is_no_hit() -> None:
    assert findings_of(subset_selects_no_pod, many(SERVICE, pod(app="y", version="2"), rule(version="2")))
    assert not findings_of(subset_selects_no_pod, many(SERVICE, pod(app="x", version="2"), rule(version="2")))


def test_without_pods_it_is_not_told_for_sure() -> None:
    assert [each.severity for each in findings_of(subset_selects_no_pod, many(SERVICE, rule(version="2")))] == [
        Severity.INFO
    ]


def test_labels_of_the_node_are_the_pods_too() -> None:
    region = rule(topology_kubernetes_io__region="eu")
    node = written("Node", "n", None, labels={"topology.kubernetes.io/region": "eu"})
    plain = written("Node", "n", None)
    assert not findings_of(subset_selects_no_pod, many(SERVICE, node, pod("n", app="x"), region))
    assert findings_of(subset_selects_no_pod, many(SERVICE, plain, pod("n", app="x"), region))


def test_endpoints_of_a_service_entry_and_workloads_outside_have_labels() -> None:
    ports = [{"number": 80, "name": "http", "protocol": "HTTP"}]
    inline = {"hosts": ["out.example.com"], "ports": ports, "endpoints": [{"address": "1.2.3.4", "labels": {"v": "1"}}]}
    entry = written("ServiceEntry", "out", spec=inline)
    assert not findings_of(subset_selects_no_pod, many(entry, rule("out.example.com", v="1")))
    assert findings_of(subset_selects_no_pod, many(entry, rule("out.example.com", v="2")))
    machine = written("WorkloadEntry", "vm", spec={"address": "1.2.3.4", "labels": {"app": "x", "v": "3"}})
    assert not findings_of(subset_selects_no_pod, many(SERVICE, machine, rule(v="3")))
