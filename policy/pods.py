"""Pods and what makes them, and which of them are workloads of the mesh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components.analysis.workloads import Workload, Workloads
from policy.paths import Path
from policy.stack_documents import Read, StackDocuments

__all__ = ["TEMPLATES", "Pods", "injected", "pods"]

TEMPLATES: Mapping[str, Path] = {
    "Pod": (),
    "Deployment": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
"""Where Kubernetes' own kinds have the template of their pods; a Pod is its own."""
INJECTION, REVISION, TEMPLATE = "istio-injection", "istio.io/rev", "inject.istio.io/templates"
SYSTEM = ("kube-system", "kube-public", "kube-node-lease")


@dataclass(frozen=True, kw_only=True)
class Pods:
    """The pods of one object."""

    of: Read
    workload: Workload

    @property
    def at(self) -> Path:
        """Where their template stands."""
        return tuple(self.workload.field.split(".")) if self.workload.field else ()

    @property
    def is_gateway(self) -> bool:
        """Whether Istio's injection makes them a gateway instead of giving them a sidecar."""
        return "gateway" in self.workload.annotations.get(TEMPLATE, "").split(",")


def pods(stack: StackDocuments) -> Iterator[Pods]:
    """The pods of every object that makes some."""
    for read in stack:
        for workload in Workloads([read.declared]).all:
            yield Pods(of=read, workload=workload)


def injected(stack: StackDocuments, namespace: str, root_namespace: str) -> bool:
    """Whether pods of the namespace get a sidecar, as far as the stack tells: one that it does not make is taken
    to, and so is one whose labels are not known yet.
    """
    if namespace == root_namespace or namespace in SYSTEM:
        return False
    for read in stack:
        if read.declared.kind == "Namespace" and read.declared.name == namespace:
            if any(read.missing(("metadata", "labels", INJECTION), ("metadata", "labels", REVISION))):
                return True
            wanted = read.declared.labels.get(INJECTION)
            return wanted == "enabled" if wanted is not None else bool(read.declared.labels.get(REVISION))
    return True
