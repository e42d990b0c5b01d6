"""M0103: a destination's port is none of its host's."""

from __future__ import annotations

from components.analysis.checks.references import destination_port_not_found
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80, "targetPort": 8000}]})


def routed(port: int) -> str:
    destination = {"host": "servicex", "port": {"number": port}}
    return written(
        "VirtualService", "servicex", spec={"hosts": ["servicex"], "http": [{"route": [{"destination": destination}]}]}
    )


def test_the_port_of_the_pods_is_none_of_the_services() -> None:
    (found,) = findings_of(destination_port_not_found, many(SERVICE, routed(8000)))
    assert (found.code, found.istio) == ("M0103", "IST0101")
    assert "80" in found.remedy


def test_the_services_port_is_right_and_an_unknown_host_is_anothers() -> None:
    assert not findings_of(destination_port_not_found, many(SERVICE, routed(80)))
    assert not findings_of(destination_port_not_found, routed(8000))


def test_ports_of_two_service_entries_of_one_host_count_together() -> None:
    entries = [
        written("ServiceEntry", f"e{port}", spec={"hosts": ["servicex"], "ports": [{"number": port, "name": "a"}]})
        for port in (80, 443)
    ]
    assert not findings_of(destination_port_not_found, many(*entries, routed(80), routed(443)))
