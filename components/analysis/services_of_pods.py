"""Which Services send to which pods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from components.analysis.declared import Declared
from components.analysis.finding import Severity
from components.analysis.injection import has_sidecar
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.kubernetes.service import ServiceSpec

__all__ = ["OfDeployment", "deployments_in_mesh", "services_of"]

MANAGED = "gateway.istio.io/managed"
WAYPOINT = "istio.io-mesh-controller"


class OfDeployment(NamedTuple):
    """A Deployment with sidecars, and the Services that select its pods."""

    workload: Workload
    services: Sequence[Declared[ServiceSpec]]
    severity: Severity | None
    """INFO when it is not sure that it has sidecars."""
    doubt: str
    """What a message says of that."""


def deployments_in_mesh(snapshot: Snapshot) -> Iterator[OfDeployment]:
    """Deployments whose pods have sidecars, waypoints apart, and those of which it can not be told."""
    services = services_of(snapshot)
    for workload in snapshot.workloads.all:
        owner = workload.owner
        if owner.kind != "Deployment" or owner.labels.get(MANAGED) == WAYPOINT or id(workload) not in services:
            continue
        sidecar = has_sidecar(workload, snapshot.namespaces)
        if sidecar is None:
            doubt = (
                f", if the pods have sidecars; but nothing of namespace {owner.namespace} is among these documents, so"
                " this could not be told for sure"
            )
            yield OfDeployment(workload, services[id(workload)], Severity.INFO, doubt)
        elif sidecar:
            yield OfDeployment(workload, services[id(workload)], None, "")


def services_of(snapshot: Snapshot) -> dict[int, list[Declared[ServiceSpec]]]:
    """The Services that select a workload, by its id(); those that are taken to be there apart."""
    found: dict[int, list[Declared[ServiceSpec]]] = defaultdict(list)
    for service in snapshot.of("Service", ServiceSpec):
        if service.spec.selector:
            for workload in snapshot.workloads.selected(service.spec.selector, service.namespace):
                found[id(workload)].append(service)
    return found
