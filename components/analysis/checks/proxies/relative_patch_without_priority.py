"""A patch is put relative to another filter and its order is not said."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.patches import ROUTES, Operation, patches_of
from components.analysis.snapshot import Snapshot
from components.api.networking.envoy_filter import EnvoyFilter

CHECK = Check(
    code="M0720",
    title="a relative patch has no priority",
    severity=Severity.WARNING,
    reads=("EnvoyFilter",),
    istio="IST0151",
)
WITH_VERSION = "IST0155"
REPLACEABLE = frozenset(
    {EnvoyFilter.ApplyTo.NETWORK_FILTER, EnvoyFilter.ApplyTo.HTTP_FILTER, EnvoyFilter.ApplyTo.VIRTUAL_HOST}
)
"""What can be replaced."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """REMOVE, REPLACE, INSERT_BEFORE and INSERT_AFTER in a filter of priority 0; the patched filter must be there
    first. Source: EnvoyFilter.priority in envoy_filter.proto.
    """
    versioned: set[str] = set()
    for patch in patches_of(snapshot):
        operation = patch.operation
        relative = operation in (Operation.INSERT_BEFORE, Operation.INSERT_AFTER)
        relative |= operation is Operation.REMOVE and patch.apply_to not in ROUTES
        relative |= operation is Operation.REPLACE and patch.apply_to in REPLACEABLE
        if relative and not patch.declared.spec.priority:
            assert operation is not None
            seen = patch.name in versioned
            message = f"{operation.value} needs another filter to be there first, and the EnvoyFilter has no priority"
            if seen:
                message += f"; another patch of {patch.name or 'a filter'} is for one proxyVersion, so an upgrade may"
                message += " leave this one out"
            yield CHECK.found(
                patch.declared,
                f"{patch.field}.patch.operation",
                message,
                "Set priority (lower goes first), or use INSERT_FIRST or ADD.",
                istio=WITH_VERSION if seen else CHECK.istio,
            )
        if patch.has_version:
            versioned.add(patch.name)
