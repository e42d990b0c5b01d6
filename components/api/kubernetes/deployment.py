"""Deployment: pods of one version of a workload, kept at a number. The resource has a DeploymentSpec."""

from __future__ import annotations

from collections.abc import Mapping

from components.api.kubernetes.pod import PodSpec
from components.api.message import KubernetesMessage
from components.api.resource import ObjectMeta

__all__ = [
    "DeploymentSpec",
    "DeploymentStrategy",
    "LabelSelector",
    "LabelSelectorRequirement",
    "PodTemplateSpec",
    "RollingUpdateDeployment",
]


class LabelSelectorRequirement(KubernetesMessage, frozen=True, kw_only=True):
    """A condition on one label."""

    key: str | None = None
    operator: str | None = None
    """In, NotIn, Exists or DoesNotExist."""
    values: tuple[str, ...] = ()


class LabelSelector(KubernetesMessage, frozen=True, kw_only=True):
    """Pods that have all these labels and meet all these conditions."""

    match_labels: Mapping[str, str] = {}
    match_expressions: tuple[LabelSelectorRequirement, ...] = ()


class PodTemplateSpec(KubernetesMessage, frozen=True, kw_only=True):
    """What each pod is made from."""

    metadata: ObjectMeta | None = None
    spec: PodSpec | None = None


class RollingUpdateDeployment(KubernetesMessage, frozen=True, kw_only=True):
    """How far the number of pods may stray during an update: counts or percentages ("25%")."""

    max_surge: int | str | None = None
    max_unavailable: int | str | None = None


class DeploymentStrategy(KubernetesMessage, frozen=True, kw_only=True):
    """How old pods give way to new ones."""

    type: str | None = None
    """RollingUpdate (when not set) or Recreate."""
    rolling_update: RollingUpdateDeployment | None = None


class DeploymentSpec(KubernetesMessage, frozen=True, kw_only=True):
    """The pods that a deployment keeps running."""

    replicas: int | None = None
    """1 when not set."""
    selector: LabelSelector | None = None
    """Required by the server, and never to be changed afterwards."""
    template: PodTemplateSpec | None = None
    strategy: DeploymentStrategy | None = None
    min_ready_seconds: int | None = None
    revision_history_limit: int | None = None
    progress_deadline_seconds: int | None = None
    """600 when not set."""
