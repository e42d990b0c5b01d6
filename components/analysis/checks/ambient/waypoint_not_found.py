"""A waypoint is asked for that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.analysis.waypoints import NONE, USE_WAYPOINT
from components.api.gateway_api.gateway import GatewaySpec

CHECK = Check(
    code="M0942",
    title="a waypoint that is asked for does not exist",
    severity=Severity.ERROR,
    reads=("Namespace", "Service"),
    kiali="KIA1313",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Namespaces and Services whose label names a Gateway that is not there. Certain when Gateways of that namespace are
    among the documents, or all is. Source: pilot's fetchWaypointForTarget.
    """
    gateways: tuple[Declared[Any], ...] = snapshot.of("Gateway", GatewaySpec)
    there = {(each.namespace, each.name) for each in gateways}
    known = {namespace for namespace, _ in there}
    for labelled in (*snapshot.namespaces.values(), *snapshot.of("Service")):
        name = labelled.labels.get(USE_WAYPOINT)
        if name in NONE:
            continue
        own = labelled.namespace or labelled.name
        namespace = labelled.labels.get(f"{USE_WAYPOINT}-namespace") or own
        if (namespace, name) in there:
            continue
        field, remedy = (
            f'metadata.labels["{USE_WAYPOINT}"]',
            "Make the waypoint (istioctl waypoint apply), or name one.",
        )
        if namespace in known or (snapshot.complete and namespace in snapshot.namespaces):
            message = f"there is no Gateway {namespace}/{name}; until there is, requests pass no waypoint"
            yield CHECK.found(labelled, field, message, remedy)
        else:
            message = (
                f"the waypoint {namespace}/{name} is not among these documents; it may be kept elsewhere, so this could not"
                " be told for sure"
            )
            yield CHECK.doubted(labelled, field, message, remedy)
