"""Whom policies with a selector hold for: AuthorizationPolicy, RequestAuthentication, Telemetry, WasmPlugin and others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from components.analysis.declared import Declared
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.type.selector import PolicyTargetReference, WorkloadSelector

__all__ = ["Policies", "is_attached", "labels_of", "selected", "shown"]


class Selective(Protocol):
    """A spec with a selector."""

    @property
    def selector(self) -> WorkloadSelector | None: ...


class Attached(Selective, Protocol):
    """A spec that may name a Gateway, a Service and so on instead."""

    @property
    def target_ref(self) -> PolicyTargetReference | None: ...
    @property
    def target_refs(self) -> tuple[PolicyTargetReference, ...]: ...


Spec = TypeVar("Spec", bound=Attached, covariant=True)


def labels_of(spec: Selective) -> Mapping[str, str]:
    """The labels a policy selects by; none: it holds for a whole namespace, or for the mesh."""
    return spec.selector.match_labels if spec.selector is not None else {}


def is_attached(spec: Attached) -> bool:
    """Whether it holds for what it names, not for pods by label."""
    return spec.target_ref is not None or bool(spec.target_refs)


def selected(snapshot: Snapshot, policy: Declared[Any]) -> tuple[Workload, ...]:
    """The workloads that a policy with a selector is in force for; one of the root namespace selects in all."""
    everywhere = policy.namespace == snapshot.root_namespace
    return snapshot.workloads.selected(labels_of(policy.spec), None if everywhere else policy.namespace)


def shown(labels: Mapping[str, str]) -> str:
    """Labels as a selector is written: "app=web,version=v1"."""
    return ",".join(f"{key}={value}" for key, value in sorted(labels.items()))


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
