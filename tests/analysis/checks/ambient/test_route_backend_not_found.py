"""M0931: a route sends to no Service."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import route_backend_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import service

found_in = partial(findings_of, route_backend_not_found)


def route(parent: str = "{name: public}", backend: str = "{name: servicex, port: 8000}") -> str:
    """An HTTPRoute of namespace shop."""
    head = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a, namespace: shop}\n"
    return head + f"spec: {{parentRefs: [{parent}], rules: [{{backendRefs: [{backend}]}}]}}\n"


def test_a_service_that_is_not_there_is_an_error() -> None:
    (found,) = found_in(route(backend="{name: other, port: 8000}") + service())
    assert (found.code, found.field, found.severity) == ("M0931", "spec.rules[0].backendRefs[0].name", Severity.ERROR)


def test_where_services_are_kept_elsewhere_it_is_a_note() -> None:
    assert [each.severity for each in found_in(route())] == [Severity.INFO]


def test_the_port_is_that_of_the_service() -> None:
    found = found_in(route(backend="{name: servicex, port: 80}") + service())
    assert [each.field for each in found] == ["spec.rules[0].backendRefs[0].port"]
    assert not found_in(route() + service())
