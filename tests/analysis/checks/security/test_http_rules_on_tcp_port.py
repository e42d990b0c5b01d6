"""M0607: an ALLOW rule looks at HTTP on a port that is not HTTP."""

from __future__ import annotations

from components.analysis.checks.security import http_rules_on_tcp_port
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
spec: {containers: [{name: db, ports: [{name: sql, containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [%s]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: db, namespace: shop}
spec: {selector: {matchLabels: {app: db}}, action: %s, rules: [%s]}
"""
TCP, HTTP = "{name: tcp, port: 1, targetPort: sql}", "{name: http, port: 80}"
METHODS, PORT = "{to: [{operation: {methods: [GET]}}]}", "{to: [{operation: {ports: ['5432']}}]}"


def verdict(ports: str, rules: str, action: str = "ALLOW") -> list[tuple[str, str]]:
    found = findings_of(http_rules_on_tcp_port, TEXT % (ports, action, rules))
    return [(each.code, each.severity.value) for each in found]


def test_methods_on_a_tcp_port_are_a_warning() -> None:
    assert verdict(TCP, METHODS) == [("M0607", "warning")]
    assert verdict(TCP, "{when: [{key: 'request.headers[x]', values: [y]}]}") == [("M0607", "warning")]


def test_beside_an_http_port_it_is_information_unless_the_port_is_named() -> None:
    assert verdict(f"{TCP}, {HTTP}", METHODS) == [("M0607", "info")]
    named = "{to: [{operation: {methods: [GET], ports: ['5432']}}]}"
    assert verdict(f"{TCP}, {HTTP}", named) == [("M0607", "warning")]


def test_another_rule_for_the_port_http_ports_and_what_denies_are_fine() -> None:
    assert verdict(TCP, f"{METHODS}, {PORT}") == []
    assert verdict(HTTP, METHODS) == []
    assert verdict(TCP, METHODS, "DENY") == []
