"""Who outside the proxy is told or asked: where logs, metrics and traces go, and who decides about a request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider by the name under which Istio's mesh configuration knows it (`meshConfig.extensionProviders`).

    `envoy` (access logs to the proxy's standard output) and `prometheus` are built in; any other is declared in the
    stack's `istioValues`, under `istiod.meshConfig.extensionProviders`. Nothing warns of one that is missing: a Telemetry
    that names it does nothing, and an access rule that asks it refuses every request.

    Raises `ValueError` for a blank name.
    """

    name: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError(
                f"the provider's name is {self.name!r}; give the name that it has in Istio's mesh configuration"
            )

    def __str__(self) -> str:
        return self.name
