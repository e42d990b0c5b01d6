"""M0930: a route is attached to no Gateway."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import route_parent_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of

found_in = partial(findings_of, route_parent_not_found)


def gateway(listeners: str = "[{name: http, port: 80, protocol: HTTP}]", name: str = "istio") -> str:
    """A Gateway of namespace shop and of that class."""
    head = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: shop}\n"
    return head + f"spec: {{gatewayClassName: {name}, listeners: {listeners}}}\n"


def route(parent: str = "{name: public}", backend: str = "{name: servicex, port: 8000}") -> str:
    """An HTTPRoute of namespace shop."""
    head = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a, namespace: shop}\n"
    return head + f"spec: {{parentRefs: [{parent}], rules: [{{backendRefs: [{backend}]}}]}}\n"


def test_a_parent_that_is_not_there_is_an_error() -> None:
    (found,) = found_in(route("{name: other}") + gateway())
    assert (found.code, found.field, found.severity) == ("M0930", "spec.parentRefs[0].name", Severity.ERROR)


def test_where_no_gateway_of_the_namespace_is_known_it_is_a_note() -> None:
    assert [each.severity for each in found_in(route())] == [Severity.INFO]
    assert [each.severity for each in found_in(route("{name: public, namespace: bank}") + gateway())] == [Severity.INFO]


def test_a_listener_has_to_be_there_too() -> None:
    found = found_in(route("{name: public, sectionName: https}") + gateway())
    assert [each.field for each in found] == ["spec.parentRefs[0].sectionName"]
    found = found_in(route("{name: public, port: 81}") + gateway())
    assert [each.field for each in found] == ["spec.parentRefs[0].port"]


def test_a_gateway_and_its_listener_and_a_service_are_fine() -> None:
    assert not found_in(route("{name: public, sectionName: http, port: 80}") + gateway())
    assert not found_in(route("{name: servicex, kind: Service, group: ''}"))
