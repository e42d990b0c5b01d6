"""M0901: a policy selects pods of a Gateway of the Gateway API."""

from __future__ import annotations

import pytest

from components.analysis.checks.ambient import selector_of_gateway_pods
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: g, namespace: shop, labels: {app: g, %s: g}}
spec: {containers: [{name: istio-proxy}]}
---
"""
GATEWAY = "gateway.networking.k8s.io/gateway-name"
KINDS = {
    "AuthorizationPolicy": "security.istio.io/v1",
    "RequestAuthentication": "security.istio.io/v1",
    "Telemetry": "telemetry.istio.io/v1",
    "WasmPlugin": "extensions.istio.io/v1alpha1",
}


def policy(kind: str, spec: str) -> str:
    return f"apiVersion: {KINDS[kind]}\nkind: {kind}\nmetadata: {{name: p, namespace: shop}}\nspec: {{{spec}}}\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_selector_that_gateway_pods_have_is_reported_for_every_kind(kind: str) -> None:
    (found,) = findings_of(selector_of_gateway_pods, POD % GATEWAY + policy(kind, "selector: {matchLabels: {app: g}}"))
    assert (found.code, found.kind, found.istio) == ("M0901", kind, "IST0166")


def test_target_references_and_pods_of_other_gateways_are_fine() -> None:
    attached = "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: g}]"
    assert not findings_of(selector_of_gateway_pods, POD % GATEWAY + policy("Telemetry", attached))
    selective = policy("Telemetry", "selector: {matchLabels: {app: g}}")
    assert not findings_of(selector_of_gateway_pods, POD % "istio" + selective)
