"""A Sidecar of the root namespace has a selector."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0707",
    title="a Sidecar of the root namespace has a selector",
    severity=Severity.WARNING,
    reads=("Sidecar",),
    kiali="KIA1006",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Sidecars of the root namespace are the default of all namespaces only without a selector. Source: sidecar.proto,
    the note on the root namespace.
    """
    for sidecar in snapshot.sidecars:
        selector = sidecar.spec.workload_selector
        if sidecar.namespace == snapshot.root_namespace and selector is not None and selector.labels:
            yield CHECK.found(
                sidecar,
                "spec.workloadSelector",
                f"with a selector it is for pods of namespace {sidecar.namespace} only, and no default of the mesh",
                "Remove the selector to make it the default of all namespaces, or move it to the namespace of its pods.",
            )
