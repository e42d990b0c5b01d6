"""Whom policies with a selector hold for: AuthorizationPolicy, RequestAuthentication, Telemetry, WasmPlugin and others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

from components.analysis.declared import Declared
from components.analysis.injection import in_mesh
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.type.selector import WorkloadSelector

__all__ = [
    "Policies",
    "are_enforced_on",
    "is_attached",
    "labels_of",
    "of_whole_namespaces",
    "rivals",
    "selected",
    "shown",
]


class Selective(Protocol):
    """A spec with a selector."""

    @property
    def selector(self) -> WorkloadSelector | None: ...


Spec = TypeVar("Spec", bound=Selective, covariant=True)


def labels_of(spec: Selective) -> Mapping[str, str]:
    """The labels a policy selects by; none: it holds for a whole namespace, or for the mesh."""
    return spec.selector.match_labels if spec.selector is not None else {}


def is_attached(spec: Selective) -> bool:
    """Whether it holds for what it names, not for pods by label. PeerAuthentications never do."""
    return getattr(spec, "target_ref", None) is not None or bool(getattr(spec, "target_refs", ()))


def selected(snapshot: Snapshot, policy: Declared[Any]) -> tuple[Workload, ...]:
    """The workloads that a policy with a selector is in force for; one of the root namespace selects in all."""
    everywhere = policy.namespace == snapshot.root_namespace
    return snapshot.workloads.selected(labels_of(policy.spec), None if everywhere else policy.namespace)


def are_enforced_on(workload: Workload, snapshot: Snapshot) -> bool:
    """Whether policies can be in force for a workload: it is in the mesh, or may be as far as the documents tell."""
    return workload in snapshot.workloads.assumed or in_mesh(workload, snapshot.namespaces) is not False


def shown(labels: Mapping[str, str]) -> str:
    """Labels as a selector is written: "app=web,version=v1"."""
    return ",".join(f"{key}={value}" for key, value in sorted(labels.items()))


def rivals(snapshot: Snapshot, policies: Iterable[Declared[Any]]) -> Iterator[tuple[Declared[Any], str, Workload]]:
    """Policies of one kind whose selectors, within their namespace, a workload has that another's selector also fits:
    each with the others' names and the first such workload.
    """
    by_workload: dict[int, list[Declared[Any]]] = defaultdict(list)
    workloads: dict[int, Workload] = {}
    for policy in policies:
        labels = labels_of(policy.spec)
        for workload in snapshot.workloads.selected(labels, policy.namespace) if labels else ():
            by_workload[id(workload)].append(policy)
            workloads[id(workload)] = workload
    seen: set[tuple[int, ...]] = set()
    for key, found in by_workload.items():
        together = tuple(map(id, found))
        if len(found) == 1 or together in seen:
            continue
        seen.add(together)
        for policy in found:
            others = [str(each) for each in found[: MOST_NAMES + 1] if each is not policy]
            more = f" and {len(found) - 1 - MOST_NAMES} more" if len(found) - 1 > MOST_NAMES else ""
            yield policy, ", ".join(others[:MOST_NAMES]) + more, workloads[key]


MOST_NAMES = 5
"""Of those that a message lists."""


def of_whole_namespaces(policies: Iterable[Declared[Spec]]) -> Iterator[tuple[Declared[Spec], Declared[Spec]]]:
    """Policies of one kind without selector of which a namespace has several, each with another of them."""
    found: dict[str, list[Declared[Spec]]] = defaultdict(list)
    for policy in policies:
        if not labels_of(policy.spec) and not is_attached(policy.spec):
            found[policy.namespace].append(policy)
    for together in found.values():
        for policy in together if len(together) > 1 else ():
            yield policy, together[0] if together[0] is not policy else together[1]


class Policies(Generic[Spec]):
    """Policies of one kind, by the workloads they hold for. Those attached to something else are left out."""

    def __init__(self, snapshot: Snapshot, policies: Iterable[Declared[Spec]]) -> None:
        self._root = snapshot.root_namespace
        self._namespaces: dict[str, list[Declared[Spec]]] = defaultdict(list)
        self._workloads: dict[int, list[Declared[Spec]]] = defaultdict(list)
        for policy in policies:
            if is_attached(policy.spec):
                continue
            if labels_of(policy.spec):
                for workload in selected(snapshot, policy):
                    self._workloads[id(workload)].append(policy)
            else:
                self._namespaces[policy.namespace].append(policy)

    def of(self, workload: Workload) -> Iterable[Declared[Spec]]:
        """Those in force for a workload."""
        yield from self._namespaces.get(self._root, ())
        if workload.namespace != self._root:
            yield from self._namespaces.get(workload.namespace, ())
        yield from self._workloads.get(id(workload), ())
