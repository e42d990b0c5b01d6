"""Extension providers: what the mesh configuration says telemetry and authorization may be handed to."""

from __future__ import annotations

from components.analysis.snapshot import Snapshot

__all__ = ["authorization_providers", "known_providers"]

ALWAYS_THERE = ("envoy", "prometheus", "stackdriver")
"""What istiod adds to any configuration (pkg/config/mesh)."""


def known_providers(snapshot: Snapshot) -> frozenset[str]:
    """The names of all providers."""
    given = (each.get("name") for each in snapshot.mesh_config.extension_providers)
    return frozenset((*ALWAYS_THERE, *(name for name in given if isinstance(name, str))))


def authorization_providers(snapshot: Snapshot) -> frozenset[str]:
    """The names of those that decide about requests."""
    given = (
        each.get("name")
        for each in snapshot.mesh_config.extension_providers
        if "envoyExtAuthzHttp" in each or "envoyExtAuthzGrpc" in each
    )
    return frozenset(name for name in given if isinstance(name, str))
