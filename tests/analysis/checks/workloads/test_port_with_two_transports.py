"""M0807: Services use one port of the same pods with two transport protocols."""

from __future__ import annotations

from components.analysis.checks.workloads import port_with_two_transports
from tests.analysis.checking import findings_of

SERVICES = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: dns, namespace: shop}
spec:
  template:
    metadata: {labels: {app: dns}}
    spec: {containers: [{name: dns}]}
---
apiVersion: v1
kind: Service
metadata: {name: one, namespace: shop}
spec: {selector: {app: dns}, ports: [{port: 53}]}
---
apiVersion: v1
kind: Service
metadata: {name: two, namespace: %s}
spec: {selector: {app: dns}, ports: [{port: 53, protocol: UDP}]}
"""
NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: %s}}\n"


def test_a_port_with_tcp_and_udp_is_reported_on_the_deployment() -> None:
    (found,) = findings_of(port_with_two_transports, SERVICES % "shop" + NAMESPACE % "enabled")
    assert (found.code, found.severity.value, found.kind) == ("M0807", "warning", "Deployment")
    assert "TCP by one; UDP by two" in found.message


def test_without_the_namespace_it_is_information() -> None:
    (found,) = findings_of(port_with_two_transports, SERVICES % "shop")
    assert (found.code, found.severity.value) == ("M0807", "info")


def test_out_of_the_mesh_and_for_a_service_of_another_namespace_it_is_nothing() -> None:
    assert not findings_of(port_with_two_transports, SERVICES % "shop" + NAMESPACE % "disabled")
    assert not findings_of(port_with_two_transports, SERVICES % "other" + NAMESPACE % "enabled")
