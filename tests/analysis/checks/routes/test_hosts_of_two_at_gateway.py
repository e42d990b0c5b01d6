"""M0231: two VirtualServices route the same host at a gateway."""

from __future__ import annotations

from components.analysis.checks.routes import hosts_of_two_at_gateway
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def routes(name: str, *prefixes: str, gateway: str = "public", namespace: str = "shop") -> str:
    rules = [{"match": [{"uri": {"prefix": each}}]} for each in prefixes] or [{}]
    return written("VirtualService", name, namespace, {"hosts": ["a.mesh.test"], "gateways": [gateway], "http": rules})


def test_two_rules_for_everything_are_a_warning() -> None:
    found = findings_of(hosts_of_two_at_gateway, many(routes("a"), routes("b", "/")))
    assert [(each.name, each.severity) for each in found] == [("a", Severity.WARNING), ("b", Severity.WARNING)]


def test_different_conditions_are_an_info() -> None:
    found = findings_of(hosts_of_two_at_gateway, many(routes("a", "/a"), routes("b", "/b")))
    assert [each.severity for each in found] == [Severity.INFO, Severity.INFO]


def test_gateways_of_one_name_in_two_namespaces_are_two() -> None:
    assert not findings_of(hosts_of_two_at_gateway, many(routes("a"), routes("b", namespace="office")))
    assert findings_of(
        hosts_of_two_at_gateway, many(routes("a"), routes("b", gateway="shop/public", namespace="office"))
    )
