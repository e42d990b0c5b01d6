"""M0933: two listeners of a Gateway are not told apart."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import listeners_alike
from tests.analysis.checking import findings_of

found_in = partial(findings_of, listeners_alike)


def gateway(listeners: str = "[{name: http, port: 80, protocol: HTTP}]", name: str = "istio") -> str:
    """A Gateway of namespace shop and of that class."""
    head = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: shop}\n"
    return head + f"spec: {{gatewayClassName: {name}, listeners: {listeners}}}\n"


def test_listeners_of_one_port_protocol_and_host_are_reported() -> None:
    alike = "[{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}]"
    assert [(each.code, each.field) for each in found_in(gateway(alike))] == [("M0933", "spec.listeners[1]")]
    named = "[{name: a, port: 80, protocol: HTTP}, {name: a, port: 81, protocol: HTTP}]"
    assert [each.field for each in found_in(gateway(named))] == ["spec.listeners[1].name"]


def test_another_host_or_port_is_another_listener() -> None:
    assert not found_in(
        gateway("[{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP, hostname: a.b}]")
    )
    assert not found_in(gateway())
