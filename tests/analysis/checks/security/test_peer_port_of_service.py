"""M0613: portLevelMtls names a port of the Service."""

from __future__ import annotations

from components.analysis.checks.security import peer_port_of_service
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, portLevelMtls: {%s: {mode: DISABLE}}}
"""


def test_the_port_of_the_service_is_reported_with_that_of_the_pods() -> None:
    (found,) = findings_of(peer_port_of_service, TEXT % 80)
    assert (found.code, found.field) == ("M0613", 'spec.portLevelMtls["80"]')
    assert "8080" in found.remedy


def test_the_port_of_the_pods_and_one_of_which_nothing_is_known_are_fine() -> None:
    assert not findings_of(peer_port_of_service, TEXT % 8080)
    assert not findings_of(peer_port_of_service, TEXT % 9090)
