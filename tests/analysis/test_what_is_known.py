"""Whether what is not among the documents is not there at all."""

from __future__ import annotations

from components.analysis.accounts import Accounts
from tests.analysis.checking import snapshot_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {serviceAccountName: web, containers: [{name: web}]}
---
"""
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n---\n"
ACCOUNT = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: shop}\n"


def test_pods_are_known_where_some_are_or_where_the_file_declares_the_namespace_beside_pods() -> None:
    near = snapshot_of(POD).objects[0]
    assert snapshot_of(POD).knows_pods_of("shop", near)
    assert not snapshot_of(POD).knows_pods_of("other", near)
    assert snapshot_of(POD + NAMESPACE % "other").knows_pods_of("other", near)
    assert not snapshot_of(NAMESPACE % "other").knows_pods_of("other", near)
    assert snapshot_of(NAMESPACE % "other", complete=True).knows_pods_of("other", near)
    assert not snapshot_of(NAMESPACE % "other").knows_pods_of(None, near)


def test_the_gateway_that_is_taken_to_be_there_does_not_count() -> None:
    assert not snapshot_of(POD).knows_pods_of("istio-system", snapshot_of(POD).objects[0])


def test_a_namespace_is_there_when_it_is_declared_used_or_every_clusters() -> None:
    snapshot = snapshot_of(POD + NAMESPACE % "front")
    assert [snapshot.has_namespace(each) for each in ("front", "shop", "default", "istio-system", "x")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert snapshot.knows_namespaces(snapshot.objects[0])
    assert not snapshot_of(POD).knows_namespaces(snapshot.objects[0])


def test_accounts_are_there_when_declared_or_used_and_known_where_any_is_declared() -> None:
    accounts = Accounts(snapshot_of(POD + ACCOUNT))
    assert [accounts.has("shop", each) for each in ("a", "web", "default", "x")] == [True, True, True, False]
    assert accounts.are_known_of("shop")
    assert not Accounts(snapshot_of(POD)).are_known_of("shop")
