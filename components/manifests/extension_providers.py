"""Whom Istio's mesh configuration has to know, so that a Telemetry or an access rule may name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components.manifests.names import ROOT_NAMESPACE
from components.model import JAEGER, Access, Addon, Custom, Mesh, NoAccessLog, Tracing
from components.model.places import in_words

BUILT_IN = frozenset({"envoy", "prometheus", "stackdriver"})
"""What Istio knows without being told (pkg/config/mesh, DefaultMeshConfig)."""

JAEGER_HOST = f"jaeger-collector.{ROOT_NAMESPACE}.svc.cluster.local"
JAEGER_PORT = 4317
"""OpenTelemetry over gRPC, as samples/addons/jaeger.yaml has it."""


def mesh_config(addons: Sequence[Addon]) -> dict[str, Any]:
    """The part of `meshConfig` by which proxies send spans to the addon that takes them; nothing without one.

    It is the mesh's default too, so a `Tracing` need not name it, and 1 % of requests is traced without any. Metrics
    need no part: Prometheus asks the proxies, and they answer.
    """
    if Addon.JAEGER not in addons:
        return {}
    collector = {"service": JAEGER_HOST, "port": JAEGER_PORT}
    return {
        "enableTracing": True,
        "extensionProviders": [{"name": JAEGER.name, "opentelemetry": collector}],
        "defaultProviders": {"tracing": [JAEGER.name]},
    }


def undeclared_providers(mesh: Mesh, config: Mapping[str, Any]) -> tuple[str, ...]:
    """One line a provider that the mesh names and `config`, the whole meshConfig, does not have.

    Istio itself says nothing of them: a Telemetry that names one does nothing, an access rule that asks one refuses all.
    """
    known = BUILT_IN | {str(provider["name"]) for provider in config.get("extensionProviders") or ()}
    named = dict(_named(mesh))
    return tuple(
        f"{who} names the provider {name!r}, which Istio's mesh configuration does not have; it has "
        f"{', '.join(sorted(known))}. {_advice(name)}"
        for name, who in named.items()
        if name not in known
    )


def _named(mesh: Mesh) -> Iterator[tuple[str, str]]:
    for telemetry in mesh.telemetry:
        who = f"the telemetry of {in_words(telemetry.of)}"
        if not isinstance(telemetry.access_logs, NoAccessLog):
            yield from ((log.provider.name, who) for log in telemetry.access_logs)
        if isinstance(telemetry.tracing, Tracing) and telemetry.tracing.provider:
            yield telemetry.tracing.provider.name, who
        if telemetry.metrics:
            yield telemetry.metrics_provider.name, who
    for rule in mesh.access:
        if isinstance(rule, Access) and isinstance(rule.action, Custom):
            yield rule.action.provider.name, f"access rule {rule.name!r}"


def _advice(name: str) -> str:
    declare = "Declare it in istioValues, under istiod.meshConfig.extensionProviders"
    return f"Add {name} to the setting addons, or d{declare[1:]}" if name == JAEGER.name else declare
