"""Whom policies hold for."""

from __future__ import annotations

from components.analysis.policies import Policies, of_whole_namespaces, rivals, selected, shown
from components.analysis.scopes import Scopes
from components.analysis.snapshot import Snapshot
from tests.analysis.checking import snapshot_of

PODS = "".join(
    f"""
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: {namespace}, labels: {{app: {name}, tier: front}}}}
spec: {{containers: [{{name: c}}]}}
---"""
    for name, namespace in (("web", "shop"), ("cart", "shop"), ("desk", "office"))
)
POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: %s, namespace: %s}
spec: {%s}
---"""
WEB, FRONT = "selector: {matchLabels: {app: web}}", "selector: {matchLabels: {tier: front}}"
GATEWAY = "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: public}]"


def mesh(*policies: tuple[str, str, str]) -> Snapshot:
    return snapshot_of(PODS + "".join(POLICY % each for each in policies))


def test_a_selector_holds_in_its_namespace_and_one_of_the_root_namespace_in_all() -> None:
    snapshot = mesh(("own", "shop", FRONT), ("root", "istio-system", FRONT))
    own, root = snapshot.authorization_policies
    assert [each.owner.name for each in selected(snapshot, own)] == ["web", "cart"]
    assert [each.owner.name for each in selected(snapshot, root)] == ["web", "cart", "desk"]


def test_a_workload_has_the_policies_of_the_mesh_its_namespace_and_its_labels() -> None:
    snapshot = mesh(
        ("mesh", "istio-system", ""),
        ("ns", "shop", ""),
        ("web", "shop", WEB),
        ("gw", "shop", GATEWAY),
        ("x", "office", ""),
    )
    policies = Policies(snapshot, snapshot.authorization_policies)
    web, cart, _ = snapshot.workloads.all
    assert [each.name for each in policies.of(web)] == ["mesh", "ns", "web"]
    assert [each.name for each in policies.of(cart)] == ["mesh", "ns"]


def test_rivals_are_told_once_however_many_pods_they_share() -> None:
    snapshot = mesh(("a", "shop", FRONT), ("b", "shop", "selector: {matchLabels: {tier: front, app: web}}"))
    found = [(each.name, others) for each, others, _ in rivals(snapshot, snapshot.authorization_policies)]
    assert found == [("a", "shop/b"), ("b", "shop/a")]


def test_policies_attached_to_a_gateway_are_not_for_the_namespace() -> None:
    snapshot = mesh(("a", "shop", ""), ("gw", "shop", GATEWAY), ("b", "shop", ""))
    found = [(each.name, other.name) for each, other in of_whole_namespaces(snapshot.authorization_policies)]
    assert found == [("a", "b"), ("b", "a")]


def test_scopes_meet_when_a_workload_can_be_in_both() -> None:
    snapshot = mesh(
        ("web", "shop", WEB),
        ("front", "shop", FRONT),
        ("cart", "shop", "selector: {matchLabels: {app: cart}}"),
        ("all", "shop", ""),
        ("gw", "shop", GATEWAY),
        ("other", "office", WEB),
        ("root", "istio-system", WEB),
    )
    by_name = {each.name: each for each in snapshot.authorization_policies}

    def meets(one: str, other: str) -> bool:
        return Scopes([by_name[one]], "istio-system").meet(by_name[other])

    assert meets("web", "web")
    assert meets("web", "front")
    assert meets("all", "web")
    assert meets("web", "all")
    assert meets("root", "web")
    assert meets("other", "root")
    assert meets("gw", "gw")
    assert not meets("web", "cart")
    assert not meets("web", "other")


def test_labels_are_shown_as_a_selector_is_written() -> None:
    assert shown({"b": "2", "a": "1"}) == "a=1,b=2"
