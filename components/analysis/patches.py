"""Patches of EnvoyFilters, as the checks of what they do look at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from components.analysis.declared import Declared
from components.analysis.snapshot import Snapshot
from components.api.networking.envoy_filter import EnvoyFilter

__all__ = ["ROUTES", "Operation", "Patch", "patches_of"]

Operation = EnvoyFilter.Patch.Operation
ApplyTo = EnvoyFilter.ApplyTo
ROUTES = frozenset({ApplyTo.ROUTE_CONFIGURATION, ApplyTo.HTTP_ROUTE})
"""Where nothing is added and nothing is removed, only merged."""


class Patch(NamedTuple):
    """A patch and where it stands."""

    declared: Declared[EnvoyFilter]
    position: int
    operation: EnvoyFilter.Patch.Operation | None
    apply_to: EnvoyFilter.ApplyTo | None
    name: str
    """The filter that it is about: the name in its value, else the one that it is matched by; "" when none says."""
    has_version: bool
    """Whether it is for proxies of some version only."""

    @property
    def field(self) -> str:
        """Its path from the root of the document."""
        return f"spec.configPatches[{self.position}]"


def patches_of(snapshot: Snapshot) -> Iterator[Patch]:
    """All patches, in the order of the documents."""
    for declared in snapshot.of("EnvoyFilter", EnvoyFilter):
        for position, each in enumerate(declared.spec.config_patches):
            if each.patch is not None:
                version = each.match is not None and each.match.proxy is not None and each.match.proxy.proxy_version
                yield Patch(
                    declared, position, each.patch.operation, each.apply_to, _name(each), has_version=bool(version)
                )


def _name(patch: EnvoyFilter.EnvoyConfigObjectPatch) -> str:
    value = patch.patch.value if patch.patch is not None else None
    if value is None:
        return ""
    if value.get("name") is not None:
        return str(value["name"])
    listener = patch.match.listener if patch.match is not None else None
    chain = listener.filter_chain if listener is not None else None
    return (chain.filter.name or "") if chain is not None and chain.filter is not None else ""
