"""Pods and what makes them, and which of them are workloads of the mesh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.api import DecodeError, decode_value
from components.api.kubernetes.core import Namespace
from components.api.kubernetes.deployment import PodTemplateSpec
from policy.paths import Path, written
from policy.stack_documents import Read, StackDocuments
from policy.violation import Unknown

__all__ = ["TEMPLATES", "Pods", "injected", "is_gateway", "pods", "unread"]

TEMPLATES: Mapping[str, Path] = {
    "Pod": (),
    "Deployment": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "PodTemplate": ("template",),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
"""Where each kind has the template of its pods; a Pod is its own."""
GROUPS = ("", "apps", "batch")
INJECT, TEMPLATE = "sidecar.istio.io/inject", "inject.istio.io/templates"
SYSTEM = ("kube-system", "kube-public", "kube-node-lease")


@dataclass(frozen=True, kw_only=True)
class Pods:
    """The pods of one object."""

    of: Read
    template: PodTemplateSpec
    at: Path
    """Where the template stands."""

    @property
    def labels(self) -> Mapping[str, str]:
        return self.template.metadata.labels if self.template.metadata else {}

    @property
    def annotations(self) -> Mapping[str, str]:
        return self.template.metadata.annotations if self.template.metadata else {}


def pods(stack: StackDocuments) -> Iterator[Pods]:
    """The pods of every object that makes some and can be read."""
    for read, at in _templates(stack):
        try:
            yield Pods(of=read, template=_decoded(read, at), at=at)
        except DecodeError:
            continue


def unread(stack: StackDocuments) -> Iterator[Unknown]:
    """The objects whose pods can not be read."""
    for read, at in _templates(stack):
        try:
            _decoded(read, at)
        except DecodeError as error:
            yield Unknown(read.subject, written(at) or "spec", " ".join(str(error).split()))


def is_gateway(each: Pods) -> bool:
    """Whether Istio's injection makes these pods a gateway instead of giving them a sidecar."""
    return "gateway" in each.annotations.get(TEMPLATE, "").split(",")


def injected(stack: StackDocuments, namespace: str, root_namespace: str) -> bool:
    """Whether pods of the namespace get a sidecar, as far as the stack tells: one that it does not make is taken to."""
    if namespace == root_namespace or namespace in SYSTEM:
        return False
    for read in stack:
        if isinstance(read.typed, Namespace) and read.subject.name == namespace:
            wanted = read.labels.get("istio-injection")
            return wanted == "enabled" if wanted is not None else bool(read.labels.get("istio.io/rev"))
    return True


def _templates(stack: StackDocuments) -> Iterator[tuple[Read, Path]]:
    for read in stack:
        group = read.plain["apiVersion"].rpartition("/")[0]
        if group in GROUPS and read.subject.kind in TEMPLATES:
            yield read, TEMPLATES[read.subject.kind]


def _decoded(read: Read, at: Path) -> PodTemplateSpec:
    found: Any = read.plain
    for step in at:
        found = found.get(step, {}) if isinstance(found, Mapping) else found
    return decode_value(found, PodTemplateSpec, written(at))
