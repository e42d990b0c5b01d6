"""M0745: a Telemetry names a provider that the mesh does not have."""

from __future__ import annotations

from components.analysis.checks.proxies import telemetry_provider_unknown
from tests.analysis.checking import findings_of

TELEMETRY = """
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: mesh, namespace: istio-system}
spec: {metrics: [{providers: [{name: %s}]}]}
"""
CONFIG = {"extensionProviders": [{"name": "otel", "opentelemetry": {}}]}


def test_a_provider_that_the_configuration_lacks_is_a_warning() -> None:
    (found,) = findings_of(telemetry_provider_unknown, TELEMETRY % "jaeger", mesh_config=CONFIG)
    assert (found.code, found.severity.value, found.field) == ("M0745", "warning", "spec.metrics[0].providers[0].name")


def test_without_a_configuration_it_is_information() -> None:
    (found,) = findings_of(telemetry_provider_unknown, TELEMETRY % "jaeger")
    assert (found.code, found.severity.value) == ("M0745", "info")


def test_one_of_the_configuration_and_one_of_istios_own_are_fine() -> None:
    assert not findings_of(telemetry_provider_unknown, TELEMETRY % "otel", mesh_config=CONFIG)
    assert not findings_of(telemetry_provider_unknown, TELEMETRY % "prometheus", mesh_config=CONFIG)
