"""A namespace gets sidecars though no label asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injector import injects_by_default, says_nothing_of_injection
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0810",
    title="a namespace is injected by default",
    severity=Severity.INFO,
    reads=("Namespace",),
    istio="IST0148",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Namespaces without a label while the injector's ConfigMap injects by default."""
    if not injects_by_default(snapshot):
        return
    for namespace in says_nothing_of_injection(snapshot):
        yield CHECK.found(
            namespace,
            "metadata.name",
            f"namespace {namespace.name} has no label for injection, and the injector injects by default",
            "Label it istio-injection=enabled or istio-injection=disabled to say which is meant.",
        )
