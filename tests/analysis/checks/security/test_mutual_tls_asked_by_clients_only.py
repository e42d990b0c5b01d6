"""M0621: mutual TLS is asked of clients only."""

from __future__ import annotations

from components.analysis.checks.security import mutual_tls_asked_by_clients_only
from tests.analysis.checking import findings_of

RULE = """
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: r, namespace: istio-system}
spec: {host: "%s", trafficPolicy: {tls: {mode: %s}}}
---
"""
PEER = """
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: %s}
spec: {mtls: {mode: PERMISSIVE}}
"""


def test_a_rule_for_the_mesh_or_a_namespace_alone_is_information() -> None:
    for host in ("*.local", "*.shop.svc.cluster.local"):
        (found,) = findings_of(mutual_tls_asked_by_clients_only, RULE % (host, "ISTIO_MUTUAL"))
        assert (found.code, found.severity.value) == ("M0621", "info")


def test_beside_a_peer_authentication_for_one_service_or_another_mode_it_is_nothing() -> None:
    module = mutual_tls_asked_by_clients_only
    assert not findings_of(module, RULE % ("*.local", "ISTIO_MUTUAL") + PEER % "istio-system")
    assert not findings_of(module, RULE % ("*.shop.svc.cluster.local", "ISTIO_MUTUAL") + PEER % "shop")
    assert not findings_of(module, RULE % ("web.shop.svc.cluster.local", "ISTIO_MUTUAL"))
    assert not findings_of(module, RULE % ("*.local", "SIMPLE"))
