"""M0106: a DestinationRule's host does not exist."""

from __future__ import annotations

from components.analysis.checks.references import rule_host_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80}]})


def rule(host: str) -> str:
    return written("DestinationRule", "x", spec={"host": host})


def test_a_host_beside_services_of_its_namespace_is_a_warning() -> None:
    (found,) = findings_of(rule_host_not_found, many(SERVICE, rule("servicey")))
    assert (found.istio, found.severity) == ("IST0174", Severity.WARNING)


def test_a_rule_for_the_mesh_or_a_namespace_stands_for_what_may_come() -> None:
    for host in ("*.local", "*", "*.shop.svc.cluster.local", "servicex"):
        assert not findings_of(rule_host_not_found, many(SERVICE, rule(host)))


def test_nothing_of_the_namespace_makes_it_an_info() -> None:
    assert [each.severity for each in findings_of(rule_host_not_found, rule("servicey"))] == [Severity.INFO]
    assert [each.severity for each in findings_of(rule_host_not_found, rule("bank.example.com"))] == [Severity.INFO]
