"""A policy selects pods of a Gateway of the Gateway API."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import is_attached, labels_of
from components.analysis.snapshot import Snapshot
from components.api.extensions.wasm import WasmPlugin

CHECK = Check(
    code="M0901",
    title="a policy selects pods of a Gateway of the Gateway API",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin"),
    istio="IST0166",
)

GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Policies with a selector that pods of such a Gateway have, one finding a Gateway. Source: istioctl's k8sgateway
    analyzer.
    """
    policies = (
        *snapshot.authorization_policies,
        *snapshot.request_authentications,
        *snapshot.telemetries,
        *snapshot.of("WasmPlugin", WasmPlugin),
    )
    for policy in policies:
        if is_attached(policy.spec) or policy.spec.selector is None:
            continue
        pods = snapshot.workloads.selected(labels_of(policy.spec), policy.namespace)
        for name in sorted({each.labels[GATEWAY_NAME] for each in pods if GATEWAY_NAME in each.labels}):
            yield CHECK.found(
                policy,
                "spec.selector",
                f"the selector is not in force for Gateway {name}, whose pods have these labels",
                "Attach the policy to the Gateway by targetRefs (group gateway.networking.k8s.io, kind Gateway).",
            )
