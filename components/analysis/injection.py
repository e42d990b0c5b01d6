"""Which pods are in the mesh: those that get a sidecar, and those whose traffic ztunnel takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.analysis.declared import Declared
from components.analysis.workloads import Workload

__all__ = [
    "DATAPLANE_MODE",
    "INJECT",
    "INJECTION",
    "REVISION",
    "has_sidecar",
    "in_ambient",
    "in_mesh",
    "injector_config_map",
    "is_control_plane",
    "is_redirected",
    "namespace_is_ambient",
]

INJECTION = "istio-injection"
REVISION = "istio.io/rev"
INJECT = "sidecar.istio.io/inject"
DATAPLANE_MODE = "istio.io/dataplane-mode"
REDIRECTION = "ambient.istio.io/redirection"
INJECTOR = "istio-sidecar-injector"


def in_mesh(workload: Workload, namespaces: Mapping[str, Declared[Any]]) -> bool | None:
    """Whether pods are in the mesh, either way; None when that depends on a namespace that no document declares."""
    sidecar, ambient = has_sidecar(workload, namespaces), in_ambient(workload, namespaces)
    if sidecar or ambient:
        return True
    return None if sidecar is None or ambient is None else False


def has_sidecar(workload: Workload, namespaces: Mapping[str, Declared[Any]]) -> bool | None:
    """Whether pods have a sidecar, or will get one: by a container, the pod's label, its annotation, its namespace's
    label, in this order, as istioctl looks at it; a label with a revision counts here, too.
    """
    if workload.has_sidecar:
        return True
    for words in (workload.labels, workload.annotations):
        if INJECT in words:
            return words[INJECT] == "true"
    namespace = namespaces.get(workload.namespace)
    if namespace is None:
        return None
    if INJECTION in namespace.labels:
        return namespace.labels[INJECTION] == "enabled"
    return bool(namespace.labels.get(REVISION) or workload.labels.get(REVISION))


def in_ambient(workload: Workload, namespaces: Mapping[str, Declared[Any]]) -> bool | None:
    """Whether ztunnel takes the traffic of pods: by what it wrote on the pod, the pod's label, its namespace's."""
    if is_redirected(workload):
        return True
    if DATAPLANE_MODE in workload.labels:
        return workload.labels[DATAPLANE_MODE] == "ambient"
    namespace = namespaces.get(workload.namespace)
    return None if namespace is None else namespace_is_ambient(namespace)


def is_redirected(workload: Workload) -> bool:
    """Whether Istio already redirects a pod's traffic to the node's proxy, as it writes on the pod."""
    return workload.annotations.get(REDIRECTION) == "enabled"


def namespace_is_ambient(namespace: Declared[Any]) -> bool:
    """Whether a namespace is in ambient mode: labelled so, and not for injection as well."""
    labels = namespace.labels
    injected = labels.get(INJECTION) == "enabled" or bool(labels.get(REVISION))
    return labels.get(DATAPLANE_MODE) == "ambient" and not injected


def is_control_plane(declared: Declared[Any]) -> bool:
    """Whether an object is of Istio itself, by the labels of its charts."""
    return "istio" in declared.labels or declared.labels.get("release") == "istio"


def injector_config_map(revision: str | None) -> str:
    """Name of the ConfigMap that the injector of a revision reads."""
    return INJECTOR if revision in (None, "", "default") else f"{INJECTOR}-{revision}"
