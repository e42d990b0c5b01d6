"""Tracing goes to a provider that Istio gives up."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0744",
    title="tracing uses the Lightstep provider",
    severity=Severity.WARNING,
    reads=("Telemetry",),
    istio="IST0002",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Telemetries whose tracing names a provider of the kind lightstep. Source: istioctl's telemetry analyzer."""
    providers = {each.get("name") for each in snapshot.mesh_config.extension_providers if "lightstep" in each}
    for telemetry in snapshot.telemetries if providers else ():
        for number, tracing in enumerate(telemetry.spec.tracing):
            for index, provider in enumerate(tracing.providers):
                if provider.name in providers:
                    yield CHECK.found(
                        telemetry,
                        f"spec.tracing[{number}].providers[{index}].name",
                        f"the provider {provider.name} is of the kind lightstep, which is deprecated",
                        "Make it a provider of the kind opentelemetry in the mesh configuration.",
                    )
