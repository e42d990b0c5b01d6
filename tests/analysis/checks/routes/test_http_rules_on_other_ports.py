"""M0241: HTTP rules are for a host that speaks no HTTP."""

from __future__ import annotations

from components.analysis.checks.routes import http_rules_on_other_ports
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def host(*ports: tuple[str, str]) -> str:
    listed = [
        {"number": 80 + index, "name": name, "protocol": protocol} for index, (name, protocol) in enumerate(ports)
    ]
    return written("ServiceEntry", "e", spec={"hosts": ["a.example.com"], "ports": listed})


def routes(**spec: object) -> str:
    rules = [{"route": [{"destination": {"host": "a.example.com"}}]}]
    return written("VirtualService", "a", spec={"hosts": ["a.example.com"], "http": rules} | spec)


def test_ports_of_connections_only_do_not_follow_http_rules() -> None:
    (found,) = findings_of(http_rules_on_other_ports, many(host(("tls", "TLS"), ("tcp", "TCP")), routes()))
    assert (found.code, found.field) == ("M0241", "spec.hosts[0]")


def test_one_port_of_http_or_of_no_protocol_is_enough() -> None:
    assert not findings_of(http_rules_on_other_ports, many(host(("tls", "TLS"), ("http", "HTTP")), routes()))
    assert not findings_of(http_rules_on_other_ports, many(host(("a", "")), routes()))


def test_a_gateway_ends_tls_itself() -> None:
    assert not findings_of(http_rules_on_other_ports, many(host(("tls", "TLS")), routes(gateways=["public"])))
