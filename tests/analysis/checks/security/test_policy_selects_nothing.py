"""M0616: a policy selects no pod."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import policy_selects_nothing
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web}]}
---
"""
KINDS = {
    "PeerAuthentication": "security.istio.io/v1",
    "RequestAuthentication": "security.istio.io/v1",
    "WasmPlugin": "extensions.istio.io/v1alpha1",
}


def policy(kind: str, namespace: str, app: str) -> str:
    metadata, selector = f"{{name: p, namespace: {namespace}}}", f"{{selector: {{matchLabels: {{app: {app}}}}}}}"
    return f"apiVersion: {KINDS[kind]}\nkind: {kind}\nmetadata: {metadata}\nspec: {selector}\n"


@pytest.mark.parametrize("kind", KINDS)
def test_labels_that_no_pod_has_are_reported_for_every_kind(kind: str) -> None:
    (found,) = findings_of(policy_selects_nothing, POD + policy(kind, "shop", "other"))
    assert (found.code, found.kind, found.severity.value) == ("M0616", kind, "warning")
    (found,) = findings_of(policy_selects_nothing, POD + policy(kind, "other", "web"))
    assert (found.code, found.severity.value) == ("M0616", "info")


def test_labels_that_a_pod_has_are_fine_and_the_root_namespace_selects_everywhere() -> None:
    assert not findings_of(policy_selects_nothing, POD + policy("PeerAuthentication", "shop", "web"))
    assert not findings_of(policy_selects_nothing, POD + policy("RequestAuthentication", "istio-system", "web"))
