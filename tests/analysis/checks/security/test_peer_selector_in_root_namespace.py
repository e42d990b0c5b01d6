"""M0624: a PeerAuthentication of the root namespace has a selector."""

from __future__ import annotations

from components.analysis.checks.security import peer_selector_in_root_namespace
from tests.analysis.checking import findings_of

PEER = """
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: p, namespace: %s}
spec: {%s}
"""
WEB = "selector: {matchLabels: {app: web}}"


def test_a_selector_in_the_root_namespace_is_reported() -> None:
    (found,) = findings_of(peer_selector_in_root_namespace, PEER % ("istio-system", WEB))
    assert found.code == "M0624"
    config = {"rootNamespace": "mesh"}
    assert [
        each.code for each in findings_of(peer_selector_in_root_namespace, PEER % ("mesh", WEB), mesh_config=config)
    ]


def test_one_without_and_one_of_another_namespace_are_fine() -> None:
    assert not findings_of(peer_selector_in_root_namespace, PEER % ("istio-system", ""))
    assert not findings_of(peer_selector_in_root_namespace, PEER % ("shop", WEB))
