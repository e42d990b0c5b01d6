"""M0240: routes do not fit the protocol and TLS of the gateway."""

from __future__ import annotations

from components.analysis.checks.routes import route_kind_not_served
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def served(protocol: str, mode: str | None = None, hosts: str = "*.mesh.test") -> str:
    tls = {"tls": {"mode": mode}} if mode else {}
    server = {"port": {"number": 443, "name": "p", "protocol": protocol}, "hosts": [hosts]} | tls
    return written("Gateway", "public", spec={"servers": [server]})


def routes(kind: str) -> str:
    match = {"match": [{"sniHosts": ["a.mesh.test"]}]} if kind == "tls" else {}
    rule = match | {"route": [{"destination": {"host": "servicex"}}]}
    return written("VirtualService", "a", spec={"hosts": ["a.mesh.test"], "gateways": ["public"], kind: [rule]})


TAKES = {
    ("HTTP", None): "http",
    ("HTTPS", "SIMPLE"): "http",
    ("HTTPS", "PASSTHROUGH"): "tls",
    ("TLS", "PASSTHROUGH"): "tls",
    ("TLS", "SIMPLE"): "tcp",
    ("TCP", None): "tcp",
}


def test_each_server_takes_one_kind_of_route() -> None:
    for (protocol, mode), kind in TAKES.items():
        for given in ("http", "tls", "tcp"):
            found = findings_of(route_kind_not_served, many(served(protocol, mode), routes(given)))
            assert [each.field for each in found] == ([] if given == kind else [f"spec.{given}"]), (protocol, given)


def test_a_server_for_other_hosts_and_one_without_its_tls_say_nothing() -> None:
    assert not findings_of(route_kind_not_served, many(served("TLS", "PASSTHROUGH", "b.test"), routes("http")))
    assert not findings_of(route_kind_not_served, many(served("HTTPS"), routes("tls")))
