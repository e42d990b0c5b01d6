"""M0614: several PeerAuthentications are for a whole namespace."""

from __future__ import annotations

from components.analysis.checks.security import peers_of_one_namespace
from tests.analysis.checking import findings_of

PEER = """
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: %s, namespace: %s}
spec: {%s}
---"""


def test_both_of_two_are_reported_and_an_empty_selector_counts_as_none() -> None:
    text = PEER % ("a", "shop", "") + PEER % ("b", "shop", "selector: {}")
    found = findings_of(peers_of_one_namespace, text)
    assert [(each.code, each.name) for each in found] == [("M0614", "a"), ("M0614", "b")]


def test_one_with_a_selector_and_one_of_another_namespace_are_fine() -> None:
    selective = PEER % ("b", "shop", "selector: {matchLabels: {app: web}}")
    assert not findings_of(peers_of_one_namespace, PEER % ("a", "shop", "") + selective)
    assert not findings_of(peers_of_one_namespace, PEER % ("a", "shop", "") + PEER % ("b", "other", ""))
