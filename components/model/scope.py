"""Who knows of whom: what a workload's proxy is told of, and who is told of a workload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum

from components.model.external_services import ExternalService
from components.model.places import Namespace, in_words
from components.model.workload import Workload


class OutboundTraffic(Enum):
    """What a proxy does with a request to a host that it knows nothing of: refuse it (502), or pass it on as it is."""

    REGISTRY_ONLY = "REGISTRY_ONLY"
    ALLOW_ANY = "ALLOW_ANY"


@dataclass(frozen=True, slots=True)
class Dependency:
    """All that a workload calls: its proxy is told of these, of what their routes lead to, and of nothing else.

    A namespace stands for all of its services; an empty list for a workload that calls nobody. `outbound` says what
    becomes of other requests (None: as the mesh's configuration says, which by default passes them on, in plain text).

    Raises `ValueError` for one given twice.
    """

    of: Workload
    _: KW_ONLY
    on: Sequence[Workload | Namespace | ExternalService]
    outbound: OutboundTraffic | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "on", tuple(self.on))
        for each in self.on:
            if self.on.count(each) > 1:
                raise ValueError(f"{in_words(self.of)} depends on {in_words(each)} twice; give each once")
            if not isinstance(each, Namespace) and Namespace(each.namespace) in self.on:
                raise ValueError(
                    f"{in_words(self.of)} depends on {in_words(each)} and on all of its namespace; give one of the two"
                )


@dataclass(frozen=True, slots=True)
class Export:
    """Only callers in these namespaces, the workload's own and the gateways that route to it are told of a workload.

    It spares every other proxy memory and pushes. It is no protection: who knows the address can still call; use
    `Access` for that.
    """

    of: Workload
    _: KW_ONLY
    to: Sequence[Namespace] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "to", tuple(self.to))
        for each in self.to:
            if self.to.count(each) > 1:
                raise ValueError(f"{in_words(self.of)} is exported to {each} twice; give each once")
            if each.name == self.of.namespace:
                raise ValueError(f"{in_words(self.of)} is exported to its own {each}; that is so anyway, leave it out")
