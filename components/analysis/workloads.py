"""Pods of a set of documents, those that stand there and those that a template makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from components.analysis.declared import Declared
from components.api import ObjectMeta, Resource
from components.api.kubernetes.deployment import DeploymentSpec, LabelSelector, PodTemplateSpec
from components.api.kubernetes.pod import Container, PodSpec

__all__ = ["Workload", "Workloads", "selects"]

SIDECAR = "istio-proxy"


class Workload:
    """Pods that are alike: one Pod, or what the template of a Deployment, StatefulSet, Rollout and so on makes."""

    def __init__(self, owner: Declared[Any], metadata: ObjectMeta, spec: PodSpec | None, field: str) -> None:
        self.owner = owner
        self.namespace = owner.namespace
        self.metadata = metadata
        self.labels: Mapping[str, str] = metadata.labels
        self.annotations: Mapping[str, str] = metadata.annotations
        self.spec = spec
        self.field = field
        """Path of the pod's metadata and spec within its owner: "" for a Pod, "spec.template" for most others."""

    @property
    def is_pod(self) -> bool:
        """Whether it is a Pod, not a template of some."""
        return self.owner.kind == "Pod"

    @property
    def replicas(self) -> int | None:
        """How many pods there are to be; None when the documents do not tell (a DaemonSet, an autoscaler)."""
        if self.is_pod:
            return 1
        spec = self.owner.spec if isinstance(self.owner.document, Resource) else None
        if isinstance(spec, DeploymentSpec):
            return 1 if spec.replicas is None else spec.replicas
        plain = self.owner.plain.get("spec")
        replicas = plain.get("replicas") if isinstance(plain, Mapping) else None
        return replicas if isinstance(replicas, int) else None

    @property
    def containers(self) -> tuple[Container, ...]:
        """Its containers, without init containers."""
        return self.spec.containers if self.spec is not None else ()

    @property
    def has_sidecar(self) -> bool:
        """Whether a proxy stands in it already, as in pods read from a cluster."""
        if self.spec is None:
            return False
        return any(each.name == SIDECAR for each in (*self.spec.containers, *self.spec.init_containers))

    def __str__(self) -> str:
        """ "Deployment shop/servicex", as messages name it."""
        return f"{self.owner.kind} {self.owner}"


class Workloads:
    """All workloads, by namespace and labels."""

    def __init__(self, objects: Iterable[Declared[Any]], assumed: Iterable[Workload] = ()) -> None:
        self.all: tuple[Workload, ...] = tuple(made for each in objects for made in _of(each))
        self._by_namespace: dict[str, list[Workload]] = defaultdict(list)
        self.assumed = tuple(assumed)
        """Pods taken to be there though no document says so: Istio's own ingress gateway."""
        self._by_label: dict[tuple[str | None, str, str], list[Workload]] = defaultdict(list)
        for workload in (*self.all, *self.assumed):
            self._by_namespace[workload.namespace].append(workload)
            for key, value in workload.labels.items():
                self._by_label[None, key, value].append(workload)
                self._by_label[workload.namespace, key, value].append(workload)

    def of_namespace(self, namespace: str) -> tuple[Workload, ...]:
        """Those of a namespace."""
        return tuple(self._by_namespace.get(namespace, ()))

    def selected(self, labels: Mapping[str, str], namespace: str | None = None) -> tuple[Workload, ...]:
        """Those with all these labels, in a namespace or in any. No labels: all."""
        wanted = labels.items()
        if not wanted:
            return self.of_namespace(namespace) if namespace is not None else (*self.all, *self.assumed)
        found: list[Sequence[Workload]] = [self._by_label.get((namespace, *each), ()) for each in wanted]
        candidates = min(found, key=len)
        return tuple(each for each in candidates if wanted <= each.labels.items())


def selects(selector: LabelSelector | None, labels: Mapping[str, str]) -> bool:
    """Whether a Kubernetes label selector is met; one that is not set selects nothing, an empty one all."""
    if selector is None or not selector.match_labels.items() <= labels.items():
        return False
    for each in selector.match_expressions:
        value = labels.get(each.key or "")
        met = {
            "In": value in each.values,
            "NotIn": value is None or value not in each.values,
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }.get(each.operator or "", False)
        if not met:
            return False
    return True


def _of(owner: Declared[Any]) -> Iterable[Workload]:
    document = owner.document
    if isinstance(document, Resource):
        if isinstance(document.spec, PodSpec):
            yield Workload(owner, document.metadata, document.spec, "")
        elif isinstance(document.spec, DeploymentSpec) and document.spec.template is not None:
            template = document.spec.template
            yield Workload(owner, template.metadata or ObjectMeta(), template.spec, "spec.template")
        return
    spec: Any = owner.plain.get("spec")
    field = "spec.template"
    if owner.kind == "CronJob" and isinstance(spec, Mapping):
        job = spec.get("jobTemplate")
        spec = job.get("spec") if isinstance(job, Mapping) else None
        field = "spec.jobTemplate.spec.template"
    plain: Any = spec.get("template") if isinstance(spec, Mapping) else None
    if isinstance(plain, Mapping) and isinstance(plain.get("spec"), Mapping) and "containers" in plain["spec"]:
        # Whatever its kind: Argo's Rollouts and others make pods as Deployments do.
        try:
            template = msgspec.convert(plain, PodTemplateSpec, str_keys=True)
        except msgspec.ValidationError:
            return
        yield Workload(owner, template.metadata or ObjectMeta(), template.spec, field)
