"""Which Services of ambient namespaces have a waypoint.

Without one, ztunnel forwards connections: it looks into no request and reads no rule but AuthorizationPolicies.
"""

from __future__ import annotations

from components.analysis.hosts import Host
from components.analysis.injection import namespace_is_ambient
from components.analysis.snapshot import Snapshot

__all__ = ["USE_WAYPOINT", "lacks_waypoint"]

USE_WAYPOINT = "istio.io/use-waypoint"


def lacks_waypoint(snapshot: Snapshot, host: Host) -> bool:
    """Whether a Service is surely in an ambient namespace, and by no label has a waypoint.

    The Service's own label counts before the namespace's, and "none" is none (pilot's fetchWaypointForTarget).
    """
    namespace = snapshot.namespaces.get(host.namespace)
    if namespace is None or not host.is_service or not namespace_is_ambient(namespace):
        return False
    given = host.declared.labels.get(USE_WAYPOINT) or namespace.labels.get(USE_WAYPOINT)
    return given in (None, "", "none")
