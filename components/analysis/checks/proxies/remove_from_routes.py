"""A patch has REMOVE for routes, where it is ignored."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.patches import ROUTES, Operation, patches_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0723",
    title="REMOVE is used where it is ignored",
    severity=Severity.ERROR,
    reads=("EnvoyFilter",),
    istio="IST0154",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """REMOVE for ROUTE_CONFIGURATION and HTTP_ROUTE. Source: Patch.Operation in envoy_filter.proto."""
    for patch in patches_of(snapshot):
        if patch.operation is Operation.REMOVE and patch.apply_to is not None and patch.apply_to in ROUTES:
            yield CHECK.found(
                patch.declared,
                f"{patch.field}.patch.operation",
                f"nothing can be removed at {patch.apply_to.value}: REMOVE is ignored there",
                "Use MERGE there, or patch the VIRTUAL_HOST.",
            )
