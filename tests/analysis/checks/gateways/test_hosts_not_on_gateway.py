"""M0507: no host of a VirtualService is on its Gateway."""

from __future__ import annotations

from components.analysis.checks.gateways import hosts_not_on_gateway
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(*hosts: str, namespace: str = "shop") -> str:
    servers = [{"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": list(hosts)}]
    return written("Gateway", "public", namespace, {"servers": servers})


def routes(*hosts: str, gateway: str = "public", namespace: str = "shop") -> str:
    return written("VirtualService", "a", namespace, {"hosts": list(hosts), "gateways": [gateway]})


def test_none_of_the_hosts_is_a_warning_and_one_is_enough() -> None:
    (found,) = findings_of(hosts_not_on_gateway, many(gateway("a.test"), routes("b.test", "c.test")))
    assert (found.istio, found.severity, found.field) == ("IST0132", Severity.WARNING, "spec.gateways[0]")
    assert not findings_of(hosts_not_on_gateway, many(gateway("a.test"), routes("a.test", "c.test")))
    assert not findings_of(hosts_not_on_gateway, many(gateway("*.test"), routes("a.b.test")))


def test_a_servers_host_may_be_for_some_namespaces() -> None:
    for host in ("./a.test", "shop/a.test", "*/a.test", "*/*"):
        assert not findings_of(hosts_not_on_gateway, many(gateway(host), routes("a.test")))
    other = routes("a.test", gateway="shop/public", namespace="office")
    assert findings_of(hosts_not_on_gateway, many(gateway("./a.test"), other))
    assert not findings_of(hosts_not_on_gateway, many(gateway("office/a.test"), other))


def test_of_a_gateway_that_was_not_found_it_is_an_info() -> None:
    assert [each.severity for each in findings_of(hosts_not_on_gateway, routes("a.test"))] == [Severity.INFO]


def test_a_listener_of_the_gateway_api_has_hosts_too() -> None:
    listener = {"name": "http", "port": 80, "protocol": "HTTP", "hostname": "*.test"}
    spec = {"gatewayClassName": "istio", "listeners": [listener]}
    api = written("Gateway", "public", spec=spec, api="gateway.networking.k8s.io/v1")
    assert not findings_of(hosts_not_on_gateway, many(api, routes("a.test")))
    assert findings_of(hosts_not_on_gateway, many(api, routes("a.other")))
