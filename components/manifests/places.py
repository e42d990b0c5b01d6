"""Which namespace and which pods a rule's place becomes."""

from __future__ import annotations

from components.api import ObjectMeta
from components.api.type.selector import WorkloadSelector
from components.manifests.names import INGRESS_LABELS, INGRESS_NAMESPACE, ROOT_NAMESPACE, workload_labels
from components.model import Gateway, Namespace, WholeMesh, Workload
from components.model.places import Place


def namespace_of(place: Place) -> str:
    """Where an object must be to hold there; for the whole mesh, the root namespace."""
    if isinstance(place, Workload):
        return place.namespace
    if isinstance(place, Namespace):
        return place.name
    return INGRESS_NAMESPACE if isinstance(place, Gateway) else ROOT_NAMESPACE


def selector_of(place: Place) -> WorkloadSelector | None:
    """The pods; None for all of the namespace, or in the root namespace all of the mesh."""
    if isinstance(place, (Namespace, WholeMesh)):
        return None
    return WorkloadSelector(
        match_labels=workload_labels(place) if isinstance(place, Workload) else dict(INGRESS_LABELS)
    )


def metadata_of(place: Place, name: str) -> ObjectMeta:
    labels = workload_labels(place) if isinstance(place, Workload) else {}
    return ObjectMeta(name=name, namespace=namespace_of(place), labels=labels)


def default_name(place: Place) -> str:
    """The name of what a place can have one of: as Istio's pages have it, or the workload's or gateway's."""
    return place.name if isinstance(place, (Workload, Gateway)) else "default"
