"""M0511: a port's name says no protocol, or another one."""

from __future__ import annotations

from components.analysis.checks.gateways import port_name_without_protocol
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def entry(name: str, protocol: str) -> str:
    port = {"number": 443, "name": name, "protocol": protocol}
    return written("ServiceEntry", "e", spec={"hosts": ["a.example.com"], "ports": [port]})


def gateway(name: str, protocol: str) -> str:
    server = {"port": {"number": 443, "name": name, "protocol": protocol}, "hosts": ["*"]}
    return written("Gateway", "g", spec={"servers": [server]})


def test_a_name_without_protocol_or_with_another_is_an_info() -> None:
    for name, protocol in (("web", "TLS"), ("http", "TLS"), ("", "TLS"), ("tls-web", "TLS")):
        told = [Severity.INFO] if name in ("web", "http") else []
        for text in (entry(name, protocol), gateway(name, protocol)):
            found = findings_of(port_name_without_protocol, text)
            assert [each.severity for each in found] == told, (name, protocol)


def test_forms_of_one_protocol_are_one() -> None:
    for name, protocol in (("https", "TLS"), ("grpc-web-a", "GRPC-WEB"), ("http", "HTTP2"), ("http2", "grpc")):
        assert not findings_of(port_name_without_protocol, entry(name, protocol)), (name, protocol)
