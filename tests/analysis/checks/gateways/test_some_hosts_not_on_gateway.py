"""M0510: a host of a VirtualService is on none of its Gateways."""

from __future__ import annotations

from components.analysis.checks.gateways import some_hosts_not_on_gateway
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(name: str, *hosts: str) -> str:
    servers = [{"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": list(hosts)}]
    return written("Gateway", name, spec={"servers": servers})


def routes(*gateways: str) -> str:
    return written("VirtualService", "a", spec={"hosts": ["a.test", "b.test"], "gateways": list(gateways)})


def test_each_host_that_no_gateway_has_is_reported() -> None:
    (found,) = findings_of(some_hosts_not_on_gateway, many(gateway("g", "a.test"), routes("g")))
    assert (found.code, found.field) == ("M0510", "spec.hosts[1]")


def test_several_gateways_may_share_the_hosts() -> None:
    assert not findings_of(
        some_hosts_not_on_gateway, many(gateway("g", "a.test"), gateway("h", "b.test"), routes("g", "h"))
    )


def test_the_mesh_an_unknown_gateway_and_no_host_at_all_are_left_out() -> None:
    assert not findings_of(some_hosts_not_on_gateway, many(gateway("g", "a.test"), routes("g", "mesh")))
    assert not findings_of(some_hosts_not_on_gateway, many(gateway("g", "a.test"), routes("g", "unknown")))
    assert not findings_of(some_hosts_not_on_gateway, many(gateway("g", "c.test"), routes("g")))
