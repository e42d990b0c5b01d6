"""Where a rule of security or telemetry holds: the whole mesh, a namespace, one workload, or a gateway's hosts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from components.model.external_services import ExternalService
from components.model.gateway import Gateway
from components.model.names import require_label
from components.model.workload import Workload


@dataclass(frozen=True, slots=True)
class WholeMesh:
    """Every workload and every gateway: Istio's root namespace, without a selector."""

    def __str__(self) -> str:
        return "the whole mesh"


@dataclass(frozen=True, slots=True)
class Namespace:
    """Every workload of a namespace. Raises `ValueError` for a name that Kubernetes would refuse."""

    name: str

    def __post_init__(self) -> None:
        require_label("the namespace's name", self.name)

    def __str__(self) -> str:
        return f"namespace {self.name!r}"


Place: TypeAlias = WholeMesh | Namespace | Workload | Gateway


def covers(place: Place, workload: Workload) -> bool:
    """Whether the workload's pods are among those of the place. A gateway's pods are no workload's."""
    if isinstance(place, Workload):
        return place == workload
    return isinstance(place, WholeMesh) or (isinstance(place, Namespace) and place.name == workload.namespace)


def in_words(place: Place | ExternalService) -> str:
    """The place, or what is called, as an error or a table names it."""
    if isinstance(place, ExternalService):
        return f"external service {place.name!r}"
    if isinstance(place, Workload):
        return f"workload {place.name!r}"
    return f"gateway {place.name!r}" if isinstance(place, Gateway) else str(place)
