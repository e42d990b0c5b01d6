"""M0506: two Gateways have the same host on the same port."""

from __future__ import annotations

from components.analysis.checks.gateways import hosts_of_two_gateways
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(name: str, *servers: tuple[int, str], bind: str | None = None, **selector: str) -> str:
    listed = [
        {"port": {"number": port, "name": f"p{port}", "protocol": "HTTP"}, "hosts": [host], "bind": bind}
        for port, host in servers
    ]
    return written("Gateway", name, spec={"selector": {"istio": "edge"} | selector, "servers": listed})


def test_both_gateways_are_reported() -> None:
    found = findings_of(hosts_of_two_gateways, many(gateway("a", (80, "x.test")), gateway("b", (80, "x.test"))))
    assert [(each.name, each.istio) for each in found] == [("a", "IST0145"), ("b", "IST0145")]


def test_another_port_host_or_bind_is_no_conflict() -> None:
    for other in (gateway("b", (81, "x.test")), gateway("b", (80, "y.test")), gateway("b", (80, "x.test"), bind="::1")):
        assert not findings_of(hosts_of_two_gateways, many(gateway("a", (80, "x.test")), other))


def test_a_narrower_selector_conflicts_when_a_pod_has_both() -> None:
    both = many(gateway("a", (80, "x.test")), gateway("b", (80, "x.test"), type="internal"))
    assert not findings_of(hosts_of_two_gateways, both)
    pod = written("Pod", "edge", labels={"istio": "edge", "type": "internal"})
    assert len(findings_of(hosts_of_two_gateways, many(both, pod))) == 2


def test_every_server_of_a_port_counts() -> None:
    text = many(gateway("a", (80, "x.test"), (80, "y.test")), gateway("b", (80, "x.test")))
    assert len(findings_of(hosts_of_two_gateways, text)) == 2
