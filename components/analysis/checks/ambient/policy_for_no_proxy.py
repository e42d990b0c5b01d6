"""A policy for requests in an ambient namespace names no waypoint or gateway: no proxy reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.injection import has_sidecar, namespace_is_ambient
from components.analysis.snapshot import Snapshot
from components.api.extensions.wasm import WasmPlugin

CHECK = Check(
    code="M0922",
    title="a policy in an ambient namespace without targetRefs reaches no proxy",
    severity=Severity.WARNING,
    reads=(
        "RequestAuthentication",
        "WasmPlugin",
        "Telemetry",
    ),
    kiali="KIA1110",
)

WHAT = {"RequestAuthentication": "token is validated", "WasmPlugin": "plugin runs", "Telemetry": "setting holds"}


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """RequestAuthentications, WasmPlugins and Telemetries with selector or none (KIA1110 to KIA1112, KIA1115 to KIA1117).

    ztunnel reads none of them, and a waypoint only those with targetRefs that name it or a service of its (pilot's
    ShouldAttachPolicy). Pods with a sidecar, gateways too, do read them.
    """
    plugins: tuple[Declared[Any], ...] = snapshot.of("WasmPlugin", WasmPlugin)
    policies: tuple[Declared[Any], ...] = (*snapshot.request_authentications, *snapshot.telemetries, *plugins)
    for policy in policies:
        namespace = snapshot.namespaces.get(policy.namespace)
        if namespace is None or not namespace_is_ambient(namespace) or policy.namespace == snapshot.root_namespace:
            continue
        spec = policy.spec
        if spec.target_ref is not None or spec.target_refs:
            continue
        labels = spec.selector.match_labels if spec.selector is not None else {}
        selected = snapshot.workloads.selected(labels, policy.namespace)
        if any(has_sidecar(each, snapshot.namespaces) for each in selected):
            continue
        sure = bool(selected) or snapshot.complete
        doubt = "" if sure else "; but none of its pods is among these documents, so this could not be told for sure"
        yield CHECK.found(
            policy,
            "spec.selector" if spec.selector is not None else "spec",
            f"no {WHAT[policy.kind]}: namespace {policy.namespace} is in ambient mode, where ztunnel reads no"
            f" {policy.kind}, and a waypoint reads one only when targetRefs name it or its services{doubt}",
            "Give targetRefs: a Service of the namespace that has a waypoint, or the waypoint's Gateway.",
            severity=None if sure else Severity.INFO,
        )
