"""Which Services of ambient namespaces have a waypoint.

Without one, ztunnel forwards connections: it looks into no request and reads no rule but AuthorizationPolicies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.analysis.declared import Declared
from components.analysis.hosts import Host
from components.analysis.injection import namespace_is_ambient
from components.analysis.snapshot import Snapshot

__all__ = ["NONE", "USE_WAYPOINT", "lacks_waypoint", "waypoint_namespace"]

USE_WAYPOINT = "istio.io/use-waypoint"
NONE = (None, "", "none")


def lacks_waypoint(snapshot: Snapshot, host: Host) -> bool:
    """Whether a Service is surely in an ambient namespace, and by no label has a waypoint.

    The Service's own label counts before the namespace's, and "none" is none (pilot's fetchWaypointForTarget).
    """
    namespace = snapshot.namespaces.get(host.namespace)
    if namespace is None or not host.is_service or not namespace_is_ambient(namespace):
        return False
    return _labels(host, namespace).get(USE_WAYPOINT) in NONE


def waypoint_namespace(snapshot: Snapshot, host: Host) -> str | None:
    """The namespace of a Service's waypoint; None when it has none, or that can not be told."""
    namespace = snapshot.namespaces.get(host.namespace)
    if namespace is None or not host.is_service or not namespace_is_ambient(namespace):
        return None
    labels = _labels(host, namespace)
    return None if labels.get(USE_WAYPOINT) in NONE else labels.get(f"{USE_WAYPOINT}-namespace") or host.namespace


def _labels(host: Host, namespace: Declared[Any]) -> Mapping[str, str]:
    return host.declared.labels if host.declared.labels.get(USE_WAYPOINT) else namespace.labels
