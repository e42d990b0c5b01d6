"""M0904: a Service differs between clusters."""

from __future__ import annotations

import pytest

from components.analysis.checks.ambient import service_differs_between_clusters
from tests.analysis.checking import findings_of

SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {%s}
---
"""
SECRET = """
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: istio-system, labels: {istio/multiCluster: "true"}}
"""
PLAIN = "ports: [{name: http, port: 80}]"


@pytest.mark.parametrize(
    "other",
    ["ports: [{name: web, port: 80}]", "clusterIP: None, " + PLAIN, "type: LoadBalancer, " + PLAIN],
    ids=["ports", "headless", "type"],
)
def test_a_difference_is_reported_once_and_a_warning_in_a_mesh_of_several_clusters(other: str) -> None:
    text = SERVICE % PLAIN + SERVICE % other
    (found,) = findings_of(service_differs_between_clusters, text)
    assert (found.code, found.severity.value) == ("M0904", "info")
    (found,) = findings_of(service_differs_between_clusters, text + SECRET)
    assert (found.code, found.severity.value, found.istio) == ("M0904", "warning", "IST0170")


def test_node_ports_and_what_is_the_default_anyway_make_no_difference() -> None:
    same = "type: ClusterIP, ports: [{name: http, port: 80, targetPort: 80, protocol: TCP, nodePort: 30080}]"
    assert not findings_of(service_differs_between_clusters, SERVICE % PLAIN + SERVICE % same)
