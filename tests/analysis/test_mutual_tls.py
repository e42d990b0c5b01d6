"""The mode of mutual TLS in force."""

from __future__ import annotations

from components.analysis.mutual_tls import Mode, MutualTLS
from tests.analysis.checking import snapshot_of

PEER = """
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: %s, namespace: %s%s}
spec: {%s}
---"""
WEB = {"app": "web"}


def peer(name: str, namespace: str, spec: str, since: str = "") -> str:
    return PEER % (name, namespace, f", creationTimestamp: '{since}'" if since else "", spec)


def modes(*peers: str) -> MutualTLS:
    return snapshot_of("".join(peers)).mutual_tls


def test_without_any_it_is_permissive_and_nobody_says_so() -> None:
    assert modes("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n").workload("shop", WEB) == (
        Mode.PERMISSIVE,
        None,
    )


def test_the_narrower_is_in_force_and_unset_leaves_it_to_the_wider() -> None:
    mesh = peer("mesh", "istio-system", "mtls: {mode: STRICT}")
    namespace = peer("ns", "shop", "mtls: {mode: DISABLE}")
    workload = peer("web", "shop", "selector: {matchLabels: {app: web}}, mtls: {mode: PERMISSIVE}")
    assert modes(mesh).workload("shop", WEB).mode is Mode.STRICT
    assert modes(mesh, namespace).workload("shop", WEB).mode is Mode.DISABLE
    assert modes(mesh, namespace, workload).workload("shop", WEB).mode is Mode.PERMISSIVE
    assert modes(mesh, namespace, workload).workload("shop", {"app": "other"}).mode is Mode.DISABLE
    unset = peer("ns", "shop", "mtls: {mode: UNSET}")
    assert modes(mesh, unset).namespace("shop").mode is Mode.STRICT
    assert modes(mesh, peer("ns", "shop", "")).namespace("shop").mode is Mode.STRICT


def test_ports_are_those_of_the_policy_that_selects() -> None:
    found = modes(
        peer("ns", "shop", "mtls: {mode: STRICT}"),
        peer("web", "shop", "selector: {matchLabels: {app: web}}, portLevelMtls: {80: {mode: DISABLE}, 81: {}}"),
    )
    assert found.workload("shop", WEB, 80).mode is Mode.DISABLE
    assert found.workload("shop", WEB, 81).mode is Mode.STRICT
    assert found.workload("shop", WEB, 82).mode is Mode.STRICT
    assert found.said_of("shop", WEB) == (Mode.STRICT, Mode.DISABLE)


def test_of_two_of_one_scope_the_older_is_in_force() -> None:
    young = peer("young", "shop", "mtls: {mode: DISABLE}", "2025-01-02T00:00:00Z")
    old = peer("old", "shop", "mtls: {mode: STRICT}", "2025-01-01T00:00:00Z")
    policy = modes(young, old).namespace("shop").policy
    assert policy is not None
    assert policy.name == "old"


def test_one_with_a_selector_in_the_root_namespace_is_in_force_nowhere() -> None:
    root = peer("web", "istio-system", "selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}")
    assert modes(root).workload("istio-system", WEB).mode is Mode.PERMISSIVE
    assert modes(root).mesh.mode is Mode.PERMISSIVE
