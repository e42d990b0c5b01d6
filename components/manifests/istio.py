"""Istio's own charts: where they are, and the values without which an installation drifts or never ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from components.manifests.names import EGRESS_MUTUAL_PORT, EGRESS_NAME, EGRESS_PASSTHROUGH_PORT, INGRESS_NAME

REPOSITORY = "https://istio-release.storage.googleapis.com/charts"
"""Where Istio publishes its charts (istio.io, Install with Helm)."""

EGRESS_PORTS = (
    ("status-port", 15021),
    ("tls-passthrough", EGRESS_PASSTHROUGH_PORT),
    ("https-mutual", EGRESS_MUTUAL_PORT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart as we install it: its release's name, its own, and its folder below `manifests/charts` of Istio's sources."""

    release: str
    name: str
    folder: str


CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        "base": Chart(release="istio-base", name="base", folder="base"),
        "istiod": Chart(release="istiod", name="istiod", folder="istio-control/istio-discovery"),
        "gateway": Chart(release=INGRESS_NAME, name="gateway", folder="gateway"),
        "egress": Chart(release=EGRESS_NAME, name="gateway", folder="gateway"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSource:
    """What helm is told: a folder alone, or a name with version and repository."""

    chart: str
    version: str | None = None
    repository: str | None = None


def chart_source(chart: str, *, version: str, folder: str) -> ChartSource:
    if folder:
        return ChartSource(chart=str(Path(folder) / CHARTS[chart].folder))
    return ChartSource(chart=CHARTS[chart].name, version=version, repository=REPOSITORY)


def chart_values(
    chart: str, *, gateway_service: str, mesh_config: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Our values for the chart; `mesh_config` is our part of Istio's mesh configuration.

    `base.validationFailurePolicy: Fail` on base and istiod alike: without it the charts say Ignore, istiod sets Fail,
    and every preview wants it back (istio/istio pull request 59367).
    """
    if chart == "gateway":
        return {"service": {"type": gateway_service}}
    if chart == "egress":
        # Nobody outside calls it, so it needs no address there.
        return {"service": {"type": "ClusterIP", "ports": [_port(*port) for port in EGRESS_PORTS]}}
    values: dict[str, object] = {"base": {"validationFailurePolicy": "Fail"}}
    return {**values, "meshConfig": dict(mesh_config)} if chart == "istiod" and mesh_config else values


def laid_over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """Values with others on top, as helm merges them: map by map, and `above` wins; its lists replace, they do not add."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = laid_over(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _port(name: str, number: int) -> dict[str, object]:
    return {"name": name, "port": number, "targetPort": number, "protocol": "TCP"}
