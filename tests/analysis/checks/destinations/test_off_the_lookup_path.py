"""M0406: a DestinationRule is not where its clients look for it."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import off_the_lookup_path
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import deployment, destination_rule, service

found_in = partial(findings_of, off_the_lookup_path)

HOST = "servicex.shop.svc.cluster.local"


def rule(namespace: str, extra: str = "") -> str:
    """A rule for the service of namespace shop."""
    return destination_rule("trafficPolicy: {outlierDetection: {}}", namespace=namespace, host=HOST, extra=extra)


def test_a_rule_exported_from_where_nobody_looks_is_reported() -> None:
    (found,) = found_in(rule("platform", "exportTo: ['*']") + service() + deployment("a", 1, namespace="platform"))
    assert (found.code, found.field, found.severity) == ("M0406", "spec.exportTo", Severity.WARNING)


def test_one_in_a_namespace_without_pods_is_noted() -> None:
    (found,) = found_in(rule("platform") + service())
    assert (found.field, found.severity) == ("metadata.namespace", Severity.INFO)
    assert found.message.endswith("could not be told for sure")


def test_a_clients_own_rule_the_hosts_and_the_meshs_are_not() -> None:
    assert not found_in(rule("platform") + service() + deployment("a", 1, namespace="platform"))
    assert not found_in(rule("shop") + service())
    assert not found_in(rule("istio-system", "exportTo: ['*']") + service())


def test_the_root_namespace_is_the_meshs_own() -> None:
    assert found_in(rule("istio-system", "exportTo: ['*']") + service(), mesh_config={"rootNamespace": "mesh-config"})


def test_a_host_of_no_known_namespace_is_left_alone() -> None:
    assert not found_in(destination_rule("trafficPolicy: {}", host="api.example.com"))
