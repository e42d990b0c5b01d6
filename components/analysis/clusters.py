"""Clusters, in Envoy's sense: a host, or a subset of it, and a port that something is sent to.

What policy is in force for one, and how many endpoints it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from components.analysis.declared import Declared
from components.analysis.hosts import Host, fqdn, namespace_of
from components.analysis.rule_lookup import Policy, policy_of, subset_named
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.service_entry import ServiceEntry
from components.api.networking.virtual_service import Destination

__all__ = ["Governed", "cluster_of", "endpoints_of", "governed", "named"]

STANDING_FOR_THEMSELVES = frozenset({"Pod", "ReplicaSet"})
"""Kinds that a Deployment makes: where it stands among the documents, too, they are its pods, not more of them."""


class Governed(NamedTuple):
    """What is in force for a cluster."""

    rule: Declared[DestinationRule]
    policy: Policy


def cluster_of(destination: Destination | None, namespace: str) -> tuple[str, str, int]:
    """Host in full, subset and port (0: not said) of a destination in a rule of that namespace."""
    if destination is None:
        return ("", "", 0)
    port = destination.port.number if destination.port is not None else None
    return (fqdn(destination.host or "", namespace), destination.subset or "", port or 0)


def named(cluster: tuple[str, str, int]) -> str:
    """A cluster in a message: "subset v1 of servicex.shop.svc.cluster.local"."""
    host, subset, port = cluster
    where = f"port {port} of {host}" if port else host
    return f"subset {subset} of {where}" if subset else where


def governed(snapshot: Snapshot, cluster: tuple[str, str, int], client: str) -> Governed | None:
    """The DestinationRule and policy that clients of a namespace follow for a cluster, as far as documents have one."""
    name, subset, port = cluster
    if not name:
        return None
    host = snapshot.hosts.find(name, client)
    owner = host.namespace if host is not None else namespace_of(name)
    rules = [
        each
        for each in snapshot.rule_lookup.in_force(name, client, owner)
        if each.spec.workload_selector is None  # whether a client's pods are selected is not looked at
    ]
    if not rules:
        return None
    if not port and host is not None and len(host.ports) == 1:
        port = host.ports[0].number
    # Rules of one host are merged: subsets are gathered, of the policies the first stays.
    rule = next((each for each in rules if subset_named(each.spec, subset) is not None), rules[0])
    return Governed(rule, policy_of(rule.spec, subset_named(rule.spec, subset), port))


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
