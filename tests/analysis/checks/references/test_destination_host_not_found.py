"""M0102: a destination's host does not exist."""

from __future__ import annotations

from components.analysis.checks.references import destination_host_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"selector": {"app": "x"}, "ports": [{"name": "http", "port": 80}]})


def routed(host: str, mirror: str | None = None) -> str:
    rule = {"route": [{"destination": {"host": host}}]} | ({"mirror": {"host": mirror}} if mirror else {})
    return written("VirtualService", "servicex", spec={"hosts": ["servicex"], "http": [rule]})


def test_a_host_beside_services_of_its_namespace_is_an_error() -> None:
    (found,) = findings_of(destination_host_not_found, many(SERVICE, routed("servicey")))
    assert (found.field, found.severity) == ("spec.http[0].route[0].destination.host", Severity.ERROR)


def test_a_mirror_is_named_as_such() -> None:
    (found,) = findings_of(destination_host_not_found, many(SERVICE, routed("servicex", "copy")))
    assert (found.field, found.message.split("'")[0]) == ("spec.http[0].mirror.host", "the mirror host ")


def test_nothing_of_the_namespace_makes_it_an_info() -> None:
    assert [each.severity for each in findings_of(destination_host_not_found, routed("servicey"))] == [Severity.INFO]


def test_a_wildcard_of_a_service_entry_has_its_hosts() -> None:
    entry = written("ServiceEntry", "all", spec={"hosts": ["*.example.com"]})
    assert not findings_of(destination_host_not_found, many(entry, routed("bank.example.com")))
    (found,) = findings_of(destination_host_not_found, many(entry, routed("example.com")))
    assert found.severity is Severity.ERROR
