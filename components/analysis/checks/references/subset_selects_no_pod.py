"""A subset's labels are on no pod of its host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Found, Verdict
from components.analysis.hosts import Host
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.kubernetes.pod import PodSpec
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.service_entry import ServiceEntry
from components.api.networking.workload_entry import WorkloadEntry
from components.api.networking.workload_group import WorkloadGroup

CHECK = Check(
    code="M0110",
    title="a subset selects no pod",
    severity=Severity.ERROR,
    reads=("DestinationRule",),
    istio="IST0173",
    kiali="KIA0203",
)

Labels = Mapping[str, Mapping[str, str]]
Machines = Mapping[str, Sequence[Mapping[str, str]]]

REGION, ZONE = "topology.kubernetes.io/region", "topology.kubernetes.io/zone"
SUBZONE, HOSTNAME = "topology.istio.io/subzone", "kubernetes.io/hostname"
OF_NODE = frozenset({REGION, ZONE, SUBZONE, HOSTNAME})
OF_CLUSTER = frozenset({"topology.istio.io/cluster", "topology.istio.io/network"})
"""What istiod adds to the labels of pods by itself; documents do not tell."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Subsets of hosts that are there. Pods are those that the Service selects, with the labels that istiod adds from
    their nodes. Source: Subset.labels in destination_rule.proto.
    """
    nodes = {each.name: each.labels for each in snapshot.of("Node")}
    machines = _machines(snapshot)
    for rule in snapshot.destination_rules:
        if not rule.spec.subsets:
            continue
        found = snapshot.host_lookup.find(rule.spec.host or "", rule.namespace, rule.spec.export_to)
        if found.verdict is not Verdict.SEEN:
            continue
        known: list[Mapping[str, str]] | None = None
        for index, subset in enumerate(rule.spec.subsets):
            wanted = subset.labels
            if known is None:
                known = list(_labels(snapshot, found, nodes, machines))
            asked = {key: value for key, value in wanted.items() if key not in OF_CLUSTER}
            if any(asked.items() <= labels.items() for labels in known):
                continue
            plain = {key: value for key, value in asked.items() if key not in OF_NODE}
            templates = plain.keys() != asked.keys() and any(
                not each.is_pod and plain.items() <= each.labels.items() for each in _workloads(snapshot, found)
            )
            if templates:
                continue
            yield _finding(snapshot, rule, index, subset.name, wanted, found)


def _finding(
    snapshot: Snapshot,
    rule: Declared[DestinationRule],
    index: int,
    name: str | None,
    labels: Mapping[str, str],
    found: Found,
) -> Finding:
    said = ", ".join(f"{key}={value}" for key, value in sorted(labels.items())) or "no labels"
    namespaces = sorted({each.namespace for each in found.hosts})
    message = f"the subset {name!r} ({said}) selects no pod of host {rule.spec.host!r}"
    remedy = "Give the subset labels that pods of the host have, or leave it out; requests to it are answered 503."
    if any(snapshot.knows_workloads_of(each) for each in namespaces):
        return CHECK.found(rule, f"spec.subsets[{index}]", message, remedy)
    message += f", but no pod of namespace {namespaces[0]} is among these documents, so this could not be told for sure"
    return CHECK.found(rule, f"spec.subsets[{index}]", message, remedy, severity=Severity.INFO)


def _labels(snapshot: Snapshot, found: Found, nodes: Labels, machines: Machines) -> Iterator[Mapping[str, str]]:
    for workload in _workloads(snapshot, found):
        yield {**workload.labels, **_of_node(workload.spec, nodes)}
    for host in found.hosts:
        spec = host.declared.spec
        if isinstance(spec, ServiceEntry):
            yield from (each.labels for each in spec.endpoints)
            if not spec.endpoints and spec.workload_selector is None:
                yield {}
        selector = _selector(host)
        if selector:
            yield from (each for each in machines.get(host.namespace, ()) if selector.items() <= each.items())


def _of_node(spec: PodSpec | None, nodes: Labels) -> Mapping[str, str]:
    if spec is None or not spec.node_name:
        return {}
    labels = nodes.get(spec.node_name, {})
    added = {HOSTNAME: spec.node_name}
    for key in (REGION, ZONE, SUBZONE):
        if not labels.get(key):
            break
        added[key] = labels[key]
    return added


def _workloads(snapshot: Snapshot, found: Found) -> Iterable[Workload]:
    for host in found.hosts:
        selector = _selector(host)
        if selector:
            yield from snapshot.workloads.selected(selector, host.namespace)
        elif host.is_service:
            # Endpoints that somebody writes: any pod may be among them.
            yield from snapshot.workloads.selected({})


def _selector(host: Host) -> Mapping[str, str]:
    spec = host.declared.spec
    if isinstance(spec, ServiceSpec):
        return spec.selector
    return spec.workload_selector.labels if spec.workload_selector is not None else {}


def _machines(snapshot: Snapshot) -> Machines:
    """Labels of workloads outside Kubernetes, by namespace."""
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for entry in snapshot.of("WorkloadEntry", WorkloadEntry):
        found[entry.namespace].append({**entry.labels, **entry.spec.labels})
    for group in snapshot.of("WorkloadGroup", WorkloadGroup):
        metadata, template = group.spec.metadata, group.spec.template
        of_metadata = metadata.labels if metadata is not None else {}
        found[group.namespace].append({**of_metadata, **(template.labels if template is not None else {})})
    return found
