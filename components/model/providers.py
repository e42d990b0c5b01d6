"""Who outside the proxy is told or asked: where logs, metrics and traces go, and who decides about a request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider by the name under which Istio's mesh configuration knows it (`meshConfig.extensionProviders`).

    `envoy` (access logs to the proxy's standard output) and `prometheus` are built in, and `jaeger` is there when the
    stack's setting `addons` has it; any other is declared in the stack's `istioValues`, under
    `istiod.meshConfig.extensionProviders`. Istio says nothing of one that is missing (a Telemetry that names it does
    nothing, an access rule that asks it refuses every request), so `deploy` refuses it before anything is made.

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
