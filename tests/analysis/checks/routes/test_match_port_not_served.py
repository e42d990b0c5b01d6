"""M0236: a match is for a port that nothing serves."""

from __future__ import annotations

from components.analysis.checks.routes import match_port_not_served
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80, "targetPort": 8000}]})
GATEWAY = written("Gateway", "public", spec={"servers": [{"port": {"number": 443, "name": "https"}, "hosts": ["*"]}]})


def routes(port: int, *gateways: str, host: str = "servicex") -> str:
    spec = {"hosts": [host], "gateways": list(gateways), "http": [{"match": [{"port": port}]}]}
    return written("VirtualService", "a", spec=spec)


def test_the_port_of_the_pods_is_not_listened_on() -> None:
    (found,) = findings_of(match_port_not_served, many(SERVICE, routes(8000)))
    assert (found.code, found.field) == ("M0236", "spec.http[0].match[0].port")
    assert not findings_of(match_port_not_served, many(SERVICE, routes(80)))


def test_at_a_gateway_its_servers_count() -> None:
    assert findings_of(match_port_not_served, many(SERVICE, GATEWAY, routes(80, "public")))
    assert not findings_of(match_port_not_served, many(SERVICE, GATEWAY, routes(80, "public", "mesh")))
    assert not findings_of(match_port_not_served, many(SERVICE, GATEWAY, routes(443, "public")))


def test_what_is_not_among_the_documents_is_not_judged() -> None:
    assert not findings_of(match_port_not_served, many(SERVICE, routes(8000, host="other")))
    assert not findings_of(match_port_not_served, many(SERVICE, routes(8000, "mesh", "unknown")))
