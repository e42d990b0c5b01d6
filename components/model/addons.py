"""What Istio offers beside itself to see a mesh by: a store of metrics, one of traces, and two dashboards."""

from __future__ import annotations

from enum import Enum

from components.model.providers import Provider


class Addon(Enum):
    """One of the addons that Istio has a manifest for (istio.io, Integrations); each runs in istio-system."""

    PROMETHEUS = "prometheus"
    """Scrapes every proxy; no provider has to name it."""
    JAEGER = "jaeger"
    """Takes spans by OpenTelemetry; `JAEGER` is the provider that sends them there."""
    GRAFANA = "grafana"
    """Draws what Prometheus has."""
    KIALI = "kiali"
    """Draws the mesh from what Prometheus has and the cluster says."""


JAEGER = Provider("jaeger")
"""Where spans go when the stack's setting `addons` has jaeger: `Tracing(sampling=Percent(5), provider=JAEGER)`."""
