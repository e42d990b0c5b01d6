"""no-wildcard-host-on-public-gateway: which hosts are open to the outside."""

from __future__ import annotations

import pytest

from tests.policy.stacks import UNKNOWN, judged, unknowns, violations

NAME = "no-wildcard-host-on-public-gateway"


def gateway(hosts: str, *, selector: str = "{istio: ingress}", protocol: str = "HTTP") -> str:
    return (
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: istio-ingress}\n"
        f"spec: {{selector: {selector}, servers: [{{port: {{number: 80, name: p, protocol: {protocol}}}, hosts: {hosts}}}]}}\n"
    )


def listener(listener: str, *, annotations: str = "{}", of: str = "istio") -> str:
    return (
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n"
        f"metadata: {{name: public, namespace: shop, annotations: {annotations}}}\n"
        f"spec: {{gatewayClassName: {of}, listeners: [{{name: web, port: 80, {listener}}}]}}\n"
    )


@pytest.mark.parametrize("host", ["'*'", "'shop/*'", "'*.example.com'", "'./*.example.com'"])
def test_a_host_with_a_wildcard_is_refused(host: str) -> None:
    """With its namespace or without."""
    assert violations(NAME, gateway(f"[a.example.com, {host}]")) == [
        "Gateway/istio-ingress/public spec.servers[0].hosts[1]"
    ]


@pytest.mark.parametrize(
    "text",
    [
        gateway("[a.example.com, shop/b.example.com]"),
        gateway("['*/c.example.com']"),
        gateway("['*']", protocol="TCP"),
        gateway("['*']", selector="{istio: egressgateway}"),
        gateway("['*.local']", selector="{istio: eastwestgateway}"),
    ],
    ids=["named", "any namespace's routes", "connections that name no host", "egress", "between clusters"],
)
def test_named_hosts_and_gateways_inside_pass(text: str) -> None:
    assert violations(NAME, text) == []


def test_a_wildcard_that_is_meant_can_be_allowed() -> None:
    """That one, as it is written; the message names what is allowed."""
    assert violations(NAME, gateway("['shop/*.apps.example.com']"), allowed=["*.apps.example.com"]) == []
    (said,) = judged(NAME, gateway("['*']"), allowed=["*.apps.example.com"])
    assert "(*.apps.example.com now)" in str(said)


def test_which_gateways_are_inside_can_be_told() -> None:
    internal = gateway("['*']", selector="{tier: inside}")
    assert violations(NAME, internal) != []
    assert violations(NAME, internal, internal=["tier=in*"]) == []


@pytest.mark.parametrize("given", ["protocol: HTTP", "protocol: HTTPS, hostname: '*.example.com'"])
def test_a_listener_for_every_host_is_refused(given: str) -> None:
    """In the Gateway API, one without a hostname is."""
    assert violations(NAME, listener(given)) == ["Gateway/shop/public spec.listeners[0].hostname"]


@pytest.mark.parametrize(
    "text",
    [
        listener("protocol: HTTP, hostname: a.example.com"),
        listener("protocol: TCP"),
        listener("protocol: HTTP", annotations="{networking.istio.io/service-type: ClusterIP}"),
        listener("protocol: HTTP", of="istio-waypoint"),
    ],
    ids=["named", "connections that name no host", "inside the cluster", "a waypoint"],
)
def test_a_named_listener_and_gateways_inside_pass(text: str) -> None:
    assert violations(NAME, text) == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (gateway(f"[a.example.com, {UNKNOWN}]"), "spec.servers[0].hosts[1]"),
        (gateway(UNKNOWN), "spec.servers[0].hosts"),
        (listener(f"protocol: HTTP, hostname: {UNKNOWN}"), "spec.listeners[0].hostname"),
    ],
    ids=["a host", "the hosts", "a listener's"],
)
def test_a_host_that_is_not_known_yet_can_not_be_told(text: str, field: str) -> None:
    """An unknown hostname is not taken for none."""
    assert [found.split()[1] for found in unknowns(NAME, text)] == [field]
