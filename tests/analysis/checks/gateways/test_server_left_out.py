"""M0509: servers of one port can not be joined."""

from __future__ import annotations

from components.analysis.checks.gateways import server_left_out
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(name: str, *servers: tuple[int, str, str], bind: str | None = None) -> str:
    listed = [
        {
            "port": {"number": port, "name": f"{protocol}-{host}".lower(), "protocol": protocol},
            "hosts": [host],
            "bind": bind,
        }
        | ({"tls": {"mode": "SIMPLE", "credentialName": "c"}} if protocol in ("HTTPS", "TLS") else {})
        for port, protocol, host in servers
    ]
    return written("Gateway", name, spec={"selector": {"istio": "edge"}, "servers": listed})


def test_different_kinds_on_a_port_are_all_reported() -> None:
    found = findings_of(
        server_left_out, many(gateway("a", (80, "HTTP", "a.test")), gateway("b", (80, "HTTPS", "b.test")))
    )
    assert [(each.code, each.name) for each in found] == [("M0509", "a"), ("M0509", "b")]


def test_plain_tcp_joins_nothing() -> None:
    assert (
        len(findings_of(server_left_out, many(gateway("a", (90, "TCP", "*")), gateway("b", (90, "MONGO", "*"))))) == 2
    )


def test_http_joins_http_tls_joins_tls_and_another_address_is_another_listener() -> None:
    assert not findings_of(server_left_out, gateway("a", (80, "HTTP", "a.test"), (80, "GRPC", "b.test")))
    assert not findings_of(server_left_out, gateway("a", (443, "HTTPS", "a.test"), (443, "TLS", "b.test")))
    other = gateway("b", (80, "TCP", "*"), bind="::1")
    assert not findings_of(server_left_out, many(gateway("a", (80, "HTTP", "a.test")), other))


def test_a_host_has_tls_once_in_a_gateway() -> None:
    (found,) = findings_of(server_left_out, gateway("a", (443, "HTTPS", "a.test"), (443, "TLS", "a.test")))
    assert found.field == "spec.servers[1].hosts"
