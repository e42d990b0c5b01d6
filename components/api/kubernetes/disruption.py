"""PodDisruptionBudget: how many pods of a workload must keep running when nodes are drained."""

from __future__ import annotations

from components.api.kubernetes.deployment import LabelSelector
from components.api.message import KubernetesMessage

__all__ = ["PodDisruptionBudgetSpec"]


class PodDisruptionBudgetSpec(KubernetesMessage, frozen=True, kw_only=True):
    """Set min_available or max_unavailable, each a count of pods or a percentage as text ("50%")."""

    selector: LabelSelector | None = None
    min_available: int | str | None = None
    max_unavailable: int | str | None = None
    unhealthy_pod_eviction_policy: str | None = None
    """IfHealthyBudget (when not set) or AlwaysAllow."""
