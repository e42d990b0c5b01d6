"""A patch replaces what can not be replaced."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.checks.proxies.relative_patch_without_priority import REPLACEABLE
from components.analysis.finding import Finding, Severity
from components.analysis.patches import Operation, patches_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0721",
    title="REPLACE is used where it is ignored",
    severity=Severity.ERROR,
    reads=("EnvoyFilter",),
    istio="IST0152",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """REPLACE elsewhere than on filters and virtual hosts. Source: Patch.Operation in envoy_filter.proto."""
    for patch in patches_of(snapshot):
        if patch.operation is Operation.REPLACE and patch.apply_to not in REPLACEABLE:
            what = patch.apply_to.value if patch.apply_to is not None else "nothing"
            yield CHECK.found(
                patch.declared,
                f"{patch.field}.patch.operation",
                f"REPLACE is not possible for {what}; the patch is ignored",
                "Use it for HTTP_FILTER, NETWORK_FILTER or VIRTUAL_HOST; elsewhere MERGE, or REMOVE and ADD.",
            )
