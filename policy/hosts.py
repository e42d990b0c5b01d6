"""What callers in the mesh reach a workload under: the Services of a stack, by their full names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.analysis.hosts import CLUSTER_SUFFIX
from components.api.kubernetes.service import ServiceSpec
from policy.paths import Path
from policy.pods import injected, pods
from policy.stack_documents import Read, StackDocuments
from policy.violation import Unknown, not_known, unreadable

__all__ = ["NAMESPACE", "WorkloadService", "stands_for", "unknown_services", "workload_services"]

NAMESPACE: Path = ("metadata", "namespace")
NEEDED: tuple[Path, ...] = (("metadata", "name"), NAMESPACE, ("spec", "selector"))


@dataclass(frozen=True, kw_only=True)
class WorkloadService:
    """A Service before pods of the mesh."""

    read: Read
    spec: ServiceSpec

    @property
    def host(self) -> str:
        """In full: servicex.shop.svc.cluster.local."""
        return f"{self.read.declared.name}.{self.read.declared.namespace}{CLUSTER_SUFFIX}"


def workload_services(stack: StackDocuments, *, root_namespace: str) -> Iterator[WorkloadService]:
    """Those before workloads: not before gateways, nor outside the mesh, nor without a selector."""
    gateways = [each.workload for each in pods(stack) if each.is_gateway]
    for read, spec in stack.of(ServiceSpec):
        namespace = read.declared.namespace
        before_gateway = any(
            each.namespace == namespace and spec.selector.items() <= each.labels.items() for each in gateways
        )
        known = not any(read.missing(*NEEDED))
        if known and spec.selector and not before_gateway and injected(stack, namespace, root_namespace):
            yield WorkloadService(read=read, spec=spec)


def unknown_services(stack: StackDocuments) -> Iterator[Unknown]:
    """The Services of which it is not known yet what they are before, or under which name."""
    yield from unreadable(stack, "Service")
    for read, _ in stack.of(ServiceSpec):
        yield from not_known(read, *NEEDED)


def stands_for(host: str, service: str) -> bool:
    """Whether a host, in full, is the Service's or a wildcard over it."""
    return host == service or (host.startswith("*") and service.endswith(host[1:]))
