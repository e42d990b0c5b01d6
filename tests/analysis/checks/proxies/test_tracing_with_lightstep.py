"""M0744: tracing uses the Lightstep provider."""

from __future__ import annotations

from components.analysis.checks.proxies import tracing_with_lightstep
from tests.analysis.checking import findings_of

TELEMETRY = """
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: mesh, namespace: istio-system}
spec: {tracing: [{providers: [{name: traces}]}]}
"""


def test_a_provider_of_that_kind_is_reported_and_one_of_another_is_not() -> None:
    config = {"extensionProviders": [{"name": "traces", "lightstep": {"port": 1}}]}
    (found,) = findings_of(tracing_with_lightstep, TELEMETRY, mesh_config=config)
    assert (found.code, found.istio) == ("M0744", "IST0002")
    config = {"extensionProviders": [{"name": "traces", "opentelemetry": {"port": 1}}]}
    assert not findings_of(tracing_with_lightstep, TELEMETRY, mesh_config=config)
