"""M0822: a Service sends to a port that its pods do not have."""

from __future__ import annotations

from components.analysis.checks.workloads import target_port_not_exposed
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, ports: [%s]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: %s}]}
"""
DECLARED = "{name: http, containerPort: 8080}"


def test_a_name_that_no_container_has_is_a_warning() -> None:
    (found,) = findings_of(target_port_not_exposed, TEXT % (DECLARED, "web"))
    assert (found.code, found.severity.value) == ("M0822", "warning")
    assert "http (8080)" in found.message


def test_a_number_that_is_not_declared_beside_others_is_information() -> None:
    (found,) = findings_of(target_port_not_exposed, TEXT % (DECLARED, 9090))
    assert (found.code, found.severity.value) == ("M0822", "info")


def test_a_port_that_is_there_and_pods_that_declare_none_are_not_reported() -> None:
    assert not findings_of(target_port_not_exposed, TEXT % (DECLARED, "http"))
    assert not findings_of(target_port_not_exposed, TEXT % (DECLARED, 8080))
    assert not findings_of(target_port_not_exposed, TEXT % ("", 9090))
