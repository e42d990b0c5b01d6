"""A namespace says twice how it joins the mesh."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import DATAPLANE_MODE, INJECTION, REVISION
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0811",
    title="a namespace joins the mesh in two ways",
    severity=Severity.WARNING,
    reads=("Namespace",),
    istio="IST0123",
)

CONTROL_PLANE = "istio-system"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Namespaces with several of the labels. Source: istio.io, Canary Upgrades."""
    for namespace in snapshot.namespaces.values():
        labels = namespace.labels
        if namespace.name == CONTROL_PLANE or labels.get(INJECTION, "enabled") != "enabled":
            given = [key for key in (INJECTION,) if key in labels]
        else:
            given = [key for key in (INJECTION, REVISION, DATAPLANE_MODE) if key in labels]
        if len(given) > 1:
            said = " and ".join(f"{key}={labels[key]}" for key in given)
            yield CHECK.found(
                namespace,
                f'metadata.labels["{given[1]}"]',
                f"namespace {namespace.name} has {said}; only one of them is followed",
                f"Keep one of {', '.join(given)}.",
            )
