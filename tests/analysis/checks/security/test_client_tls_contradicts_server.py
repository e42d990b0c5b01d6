"""M0612: clients connect in a way that the server does not take."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import client_tls_contradicts_server
from tests.analysis.checking import findings_of

PEER = """
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: %s}
spec: {mtls: {mode: %s}}
---
"""
RULE = """
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: r, namespace: shop}
spec: {host: "%s", trafficPolicy: {%s}}
---
"""
WEB = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web%s}}
spec: {containers: [{name: web, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
---
"""
PORT = """
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, portLevelMtls: {8080: {mode: DISABLE}}}
"""


@pytest.mark.parametrize("host", ["web", "*.shop.svc.cluster.local"], ids=["service", "namespace"])
@pytest.mark.parametrize(
    ("server", "client", "fails"),
    [
        ("STRICT", "DISABLE", True),
        ("STRICT", "SIMPLE", True),
        ("STRICT", "ISTIO_MUTUAL", False),
        ("DISABLE", "ISTIO_MUTUAL", True),
        ("DISABLE", "DISABLE", False),
        ("PERMISSIVE", "DISABLE", False),
    ],
)
def test_what_the_server_does_not_take_is_an_error(host: str, server: str, client: str, fails: bool) -> None:
    text = PEER % ("shop", server) + RULE % (host, f"tls: {{mode: {client}}}") + WEB % ""
    found = findings_of(client_tls_contradicts_server, text)
    assert [(each.code, each.severity.value) for each in found] == ([("M0612", "error")] if fails else [])


def test_the_mesh_is_judged_by_what_holds_for_it() -> None:
    text = PEER % ("istio-system", "STRICT") + RULE % ("*.local", "tls: {mode: DISABLE}")
    assert [each.code for each in findings_of(client_tls_contradicts_server, text)] == ["M0612"]


def test_ports_are_those_of_the_pods() -> None:
    text = PEER % ("shop", "STRICT") + WEB % "" + PORT
    assert not findings_of(client_tls_contradicts_server, RULE % ("web", "tls: {mode: DISABLE}") + text)
    (found,) = findings_of(client_tls_contradicts_server, RULE % ("web", "tls: {mode: ISTIO_MUTUAL}") + text)
    assert "PeerAuthentication shop/web" in found.message


def test_pods_without_a_sidecar_are_left_out() -> None:
    text = PEER % ("shop", "STRICT") + WEB % ", sidecar.istio.io/inject: 'false'"
    assert not findings_of(client_tls_contradicts_server, RULE % ("web", "tls: {mode: DISABLE}") + text)
