"""M0934: the class of a Gateway is not known."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import gateway_class_unknown
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of

found_in = partial(findings_of, gateway_class_unknown)


def gateway(listeners: str = "[{name: http, port: 80, protocol: HTTP}]", name: str = "istio") -> str:
    """A Gateway of namespace shop and of that class."""
    head = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: shop}\n"
    return head + f"spec: {{gatewayClassName: {name}, listeners: {listeners}}}\n"


def test_a_class_that_nobody_declares_is_noted_and_an_error_in_a_whole_set() -> None:
    (found,) = found_in(gateway(name="other"))
    assert (found.code, found.field, found.severity) == ("M0934", "spec.gatewayClassName", Severity.INFO)
    assert [each.severity for each in found_in(gateway(name="other"), complete=True)] == [Severity.ERROR]


def test_those_of_istio_and_declared_ones_are_not() -> None:
    assert not found_in(gateway(), complete=True)
    declared = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: other}\n"
    assert not found_in(gateway(name="other") + declared + "spec: {controllerName: example.com/a}\n", complete=True)
