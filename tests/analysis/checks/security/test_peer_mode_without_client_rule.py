"""M0622: clients are not told the mode that servers ask for."""

from __future__ import annotations

from components.analysis.checks.security import peer_mode_without_client_rule
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
metadata: {name: r, namespace: istio-system}
spec: {host: "%s", trafficPolicy: {tls: {mode: %s}}}
---
"""
OFF = {"enableAutoMtls": False}
MESH, SHOP = "*.local", "*.shop.svc.cluster.local"


def test_strict_without_a_rule_is_reported_and_with_one_of_the_mesh_or_namespace_it_is_not() -> None:
    for namespace in ("istio-system", "shop"):
        (found,) = findings_of(peer_mode_without_client_rule, PEER % (namespace, "STRICT"), mesh_config=OFF)
        assert (found.code, found.severity.value) == ("M0622", "warning")
        text = PEER % (namespace, "STRICT") + RULE % (MESH, "ISTIO_MUTUAL")
        assert not findings_of(peer_mode_without_client_rule, text, mesh_config=OFF)
    text = PEER % ("shop", "STRICT") + RULE % (SHOP, "ISTIO_MUTUAL")
    assert not findings_of(peer_mode_without_client_rule, text, mesh_config=OFF)


def test_disable_under_a_rule_of_the_mesh_for_mutual_tls_is_an_error() -> None:
    text = PEER % ("shop", "DISABLE") + RULE % (MESH, "ISTIO_MUTUAL")
    (found,) = findings_of(peer_mode_without_client_rule, text, mesh_config=OFF)
    assert (found.code, found.severity.value) == ("M0622", "error")
    assert not findings_of(
        peer_mode_without_client_rule, text + RULE.replace("name: r", "name: s") % (SHOP, "DISABLE"), mesh_config=OFF
    )


def test_with_automatic_mutual_tls_it_is_nothing() -> None:
    assert not findings_of(peer_mode_without_client_rule, PEER % ("shop", "STRICT"))
