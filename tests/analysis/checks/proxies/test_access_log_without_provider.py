"""M0740: access logging has no provider."""

from __future__ import annotations

from components.analysis.checks.proxies import access_log_without_provider
from tests.analysis.checking import findings_of

TELEMETRY = """
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: mesh, namespace: istio-system}
spec: {accessLogging: [{%s}]}
"""


def test_no_provider_is_reported_and_a_provider_or_off_is_not() -> None:
    (found,) = findings_of(access_log_without_provider, TELEMETRY % "disabled: false")
    assert (found.code, found.istio) == ("M0740", "IST0157")
    assert not findings_of(access_log_without_provider, TELEMETRY % "disabled: true")
    assert not findings_of(access_log_without_provider, TELEMETRY % "providers: [{name: envoy}]")


def test_a_default_provider_of_the_mesh_is_enough() -> None:
    config = {"defaultProviders": {"accessLogging": ["envoy"]}}
    assert not findings_of(access_log_without_provider, TELEMETRY % "disabled: false", mesh_config=config)
