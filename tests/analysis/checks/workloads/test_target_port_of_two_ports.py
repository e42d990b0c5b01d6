"""M0808: two ports of Services lead to one port of the same pods."""

from __future__ import annotations

from components.analysis.checks.workloads import target_port_of_two_ports
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: a, port: 80, targetPort: %s}, {name: b, port: 81, targetPort: %s}]}
"""


def test_one_target_of_two_ports_is_reported() -> None:
    (found,) = findings_of(target_port_of_two_ports, TEXT % (8080, 8080))
    assert (found.code, found.istio) == ("M0808", "IST0137")
    assert "80 of web, 81 of web" in found.message


def test_a_target_that_is_not_said_is_the_port_itself() -> None:
    assert [each.code for each in findings_of(target_port_of_two_ports, TEXT % (81, 0))] == ["M0808"]
    assert not findings_of(target_port_of_two_ports, TEXT % (8080, "http"))
