"""Whether pods and namespaces are in ambient mode, as far as labels and annotations say."""

from __future__ import annotations

from typing import Any

from components.analysis.declared import Declared
from components.analysis.workloads import Workload

__all__ = ["is_ambient_namespace", "is_ambient_pod"]


def is_ambient_pod(workload: Workload) -> bool:
    """Whether Istio redirects a pod's traffic to the node's proxy."""
    return workload.annotations.get("ambient.istio.io/redirection") == "enabled"


def is_ambient_namespace(namespace: Declared[Any] | None) -> bool:
    """Whether a namespace is in ambient mode; a label that asks for sidecars goes first."""
    if namespace is None or namespace.labels.get("istio-injection") == "enabled":
        return False
    if namespace.labels.get("istio.io/rev"):
        return False
    return namespace.labels.get("istio.io/dataplane-mode") == "ambient"
