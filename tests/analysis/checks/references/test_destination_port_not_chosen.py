"""M0104: a destination names no port of a host that has several."""

from __future__ import annotations

from components.analysis.checks.references import destination_port_not_chosen
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def host(*ports: int) -> str:
    return written("Service", "servicex", spec={"ports": [{"name": f"http-{each}", "port": each} for each in ports]})


ROUTED = written(
    "VirtualService",
    "servicex",
    spec={"hosts": ["servicex"], "http": [{"route": [{"destination": {"host": "servicex"}}]}]},
)


def test_two_ports_and_none_named_is_an_error() -> None:
    (found,) = findings_of(destination_port_not_chosen, many(host(80, 81), ROUTED))
    assert (found.istio, found.severity) == ("IST0112", Severity.ERROR)


def test_one_port_need_not_be_named() -> None:
    assert not findings_of(destination_port_not_chosen, many(host(80), ROUTED))
