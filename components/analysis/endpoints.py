"""How many endpoints a host or a subset of it has, and which subsets something is sent to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from components.analysis.hosts import Host, fqdn
from components.analysis.snapshot import Snapshot, destinations_of
from components.analysis.workloads import Workload
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.service_entry import ServiceEntry

__all__ = ["endpoints_of", "subsets_used"]

STANDING_FOR_THEMSELVES = frozenset({"Pod", "ReplicaSet"})
"""Kinds that a Deployment makes: where it stands among the documents, too, they are its pods, not more of them."""


def endpoints_of(snapshot: Snapshot, host: Host, labels: Mapping[str, str]) -> int | None:
    """How many endpoints a subset with these labels has ({}: the host), of ready pods; None when it cannot be told.

    Replicas are summed over the workloads that the Service's selector and the labels choose. It cannot be told where
    one of them has an autoscaler or no number (a DaemonSet), or where none is among the documents.
    """
    spec = host.declared.spec
    if isinstance(spec, ServiceEntry):
        return _of_entry(spec, labels)
    if not isinstance(spec, ServiceSpec) or not spec.selector:
        return None
    selected = snapshot.workloads.selected({**spec.selector, **labels}, host.namespace)
    if any(labels.get(name, value) != value for name, value in spec.selector.items()):
        return None
    return _replicas(snapshot, selected)


def subsets_used(snapshot: Snapshot) -> Mapping[str, frozenset[str]]:
    """By the full name of a host, the subsets that VirtualServices send something to; "" is the host itself."""
    used: dict[str, set[str]] = defaultdict(set)
    for service in snapshot.virtual_services:
        for _, each in destinations_of(service.spec):
            used[fqdn(each.host or "", service.namespace)].add(each.subset or "")
    return {host: frozenset(names) for host, names in used.items()}


def _replicas(snapshot: Snapshot, selected: tuple[Workload, ...]) -> int | None:
    owners = [each for each in selected if each.owner.kind not in STANDING_FOR_THEMSELVES]
    chosen = owners or [each for each in selected if each.is_pod] or list(selected)
    if not chosen:
        return None
    total = 0
    for each in chosen:
        replicas = each.replicas
        if replicas is None or (each.namespace, each.owner.kind, each.owner.name) in snapshot.scaled_targets:
            return None
        total += replicas
    return total


def _of_entry(entry: ServiceEntry, labels: Mapping[str, str]) -> int | None:
    if entry.resolution is not ServiceEntry.Resolution.STATIC or not entry.endpoints:
        return None
    return sum(labels.items() <= each.labels.items() for each in entry.endpoints)
