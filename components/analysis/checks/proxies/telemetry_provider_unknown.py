"""A Telemetry names a provider that the mesh does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.providers import known_providers
from components.analysis.snapshot import Snapshot
from components.api.telemetry.telemetry import AccessLogging, Metrics, ProviderRef, Telemetry, Tracing

CHECK = Check(
    code="M0745",
    title="a Telemetry names a provider that the mesh does not have",
    severity=Severity.WARNING,
    reads=("Telemetry",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Providers of Telemetries that are not in extensionProviders. Source: pilot's fetchProvider."""
    known = known_providers(snapshot)
    for telemetry in snapshot.telemetries:
        for field, provider in _named(telemetry.spec):
            if not provider.name or provider.name in known:
                continue
            sure = snapshot.mesh_config.given
            doubt = (
                ""
                if sure
                else "; but no mesh configuration is among these documents, so this could not be told for sure"
            )
            yield CHECK.found(
                telemetry,
                f"{field}.name",
                f"the mesh has no provider {provider.name}, so istiod leaves it out without a word{doubt}",
                f"Allowed: {', '.join(sorted(known))}. Name one of them, or add it to extensionProviders.",
                severity=None if sure else Severity.INFO,
            )


def _named(spec: Telemetry) -> Iterator[tuple[str, ProviderRef]]:
    groups: Mapping[str, Sequence[Tracing | Metrics | AccessLogging]] = {
        "tracing": spec.tracing,
        "metrics": spec.metrics,
        "accessLogging": spec.access_logging,
    }
    for key, group in groups.items():
        for number, each in enumerate(group):
            for index, provider in enumerate(each.providers):
                yield f"spec.{key}[{number}].providers[{index}]", provider
