"""What a host in a document stands for: a Service of the stack, by its full name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.api.kubernetes.service import ServiceSpec
from policy.pods import injected, is_gateway, pods
from policy.stack_documents import Read, StackDocuments

__all__ = ["WorkloadService", "full_name", "stands_for", "workload_services"]

DOMAIN = "svc.cluster.local"


@dataclass(frozen=True, kw_only=True)
class WorkloadService:
    """A Service before pods of the mesh."""

    read: Read
    spec: ServiceSpec

    @property
    def host(self) -> str:
        return f"{self.read.subject.name}.{self.read.subject.namespace}.{DOMAIN}"


def workload_services(stack: StackDocuments, *, root_namespace: str) -> Iterator[WorkloadService]:
    """The Services that callers in the mesh reach a workload under: not those before gateways, or outside the mesh."""
    gateways = [each for each in pods(stack) if is_gateway(each)]
    for read, spec in stack.of(ServiceSpec):
        namespace = read.subject.namespace
        before_gateway = any(
            each.of.subject.namespace == namespace and spec.selector.items() <= each.labels.items() for each in gateways
        )
        if spec.selector and not before_gateway and injected(stack, namespace, root_namespace):
            yield WorkloadService(read=read, spec=spec)


def full_name(host: str, namespace: str) -> str:
    """The host as Istio completes it for a document of that namespace.

    Only one without a dot: `a.b` and `a.b.svc` stay what they are, and stand for no Service (pilot's
    ResolveShortnameToFQDN).
    """
    return host if "." in host or host == "*" else f"{host}.{namespace}.{DOMAIN}"


def stands_for(host: str, service: str) -> bool:
    """Whether a host, in full, is the Service's or a wildcard over it."""
    return host == service or (host.startswith("*") and service.endswith(host[1:]))
