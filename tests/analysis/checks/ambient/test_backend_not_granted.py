"""M0932: a backend in another namespace is not granted."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import backend_not_granted
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import service

found_in = partial(findings_of, backend_not_granted)


def route(parent: str = "{name: public}", backend: str = "{name: servicex, port: 8000}") -> str:
    """An HTTPRoute of namespace shop."""
    head = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a, namespace: shop}\n"
    return head + f"spec: {{parentRefs: [{parent}], rules: [{{backendRefs: [{backend}]}}]}}\n"


BANK = "{name: servicex, namespace: bank, port: 8000}"


def grant(kind: str = "HTTPRoute", namespace: str = "shop", name: str = "") -> str:
    """A ReferenceGrant of namespace bank."""
    head = "---\napiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: {name: a, namespace: bank}\n"
    to = f"{{group: '', kind: Service{f', name: {name}' if name else ''}}}"
    return (
        head
        + f"spec: {{from: [{{group: gateway.networking.k8s.io, kind: {kind}, namespace: {namespace}}}], to: [{to}]}}\n"
    )


def test_a_backend_of_another_namespace_needs_a_grant() -> None:
    (found,) = found_in(route(backend=BANK) + service(namespace="bank"))
    assert (found.code, found.field) == ("M0932", "spec.rules[0].backendRefs[0].namespace")
    assert found.severity is Severity.ERROR


def test_a_grant_for_others_is_none() -> None:
    for other in (grant(kind="TLSRoute"), grant(namespace="web"), grant(name="other")):
        assert found_in(route(backend=BANK) + other)


def test_a_grant_the_own_namespace_and_the_mesh_need_none() -> None:
    assert not found_in(route(backend=BANK) + grant())
    assert not found_in(route(backend=BANK) + grant(name="servicex"))
    assert not found_in(route())
    assert not found_in(route("{name: servicex, kind: Service, group: ''}", BANK))


def test_of_a_namespace_kept_elsewhere_nothing_is_sure() -> None:
    assert [each.severity for each in found_in(route(backend=BANK))] == [Severity.INFO]
