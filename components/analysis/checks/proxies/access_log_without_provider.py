"""Access logging is turned on and no provider is there to write it."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0740",
    title="access logging has no provider",
    severity=Severity.WARNING,
    reads=("Telemetry",),
    istio="IST0157",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Telemetries without provider where the mesh has no default one. Source: istio.io, Telemetry, AccessLogging."""
    if (snapshot.mesh_config.default_providers or {}).get("accessLogging"):
        return
    for telemetry in snapshot.telemetries:
        for index, logging in enumerate(telemetry.spec.access_logging):
            if not logging.disabled and not logging.providers:
                yield CHECK.found(
                    telemetry,
                    f"spec.accessLogging[{index}]",
                    "it names no provider, and the mesh configuration has no defaultProviders.accessLogging: nothing is"
                    " logged",
                    "Name a provider, such as envoy, or set a default one in the mesh configuration.",
                )
