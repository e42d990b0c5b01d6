"""A namespace says nothing about injection."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injector import injects_by_default, says_nothing_of_injection
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0809",
    title="a namespace is not in the mesh",
    severity=Severity.INFO,
    reads=("Namespace",),
    istio="IST0102",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Namespaces without a label for injection or ambient mode. Source: istio.io, Installing the Sidecar."""
    if injects_by_default(snapshot):
        return
    for namespace in says_nothing_of_injection(snapshot):
        yield CHECK.found(
            namespace,
            "metadata.name",
            f"namespace {namespace.name} is not labelled for injection, so its pods get no sidecar",
            "Label it istio-injection=enabled, istio.io/rev=REVISION or istio.io/dataplane-mode=ambient;"
            " istio-injection=disabled says that it is meant.",
        )
