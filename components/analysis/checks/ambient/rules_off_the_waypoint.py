"""Rules for a service with a waypoint stand in a namespace that the waypoint takes none from."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.matches import MESH
from components.analysis.snapshot import Snapshot
from components.analysis.waypoints import waypoint_namespace

CHECK = Check(
    code="M0923",
    title="a waypoint takes no rules of this namespace",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    kiali="KIA1114",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """VirtualServices of the mesh in neither the service's nor its waypoint's namespace (KIA1114). Source: pilot's
    getVirtualServiceForWaypoint.
    """
    if not any("istio.io/dataplane-mode" in each.labels for each in snapshot.namespaces.values()):
        return
    for service in snapshot.virtual_services:
        if service.spec.gateways and MESH not in service.spec.gateways:
            continue
        for index, name in enumerate(service.spec.hosts):
            host = snapshot.hosts.find(fqdn(name, service.namespace), service.namespace) if "*" not in name else None
            waypoint = waypoint_namespace(snapshot, host) if host is not None else None
            if host is not None and waypoint is not None and service.namespace not in (host.namespace, waypoint):
                yield CHECK.found(
                    service,
                    f"spec.hosts[{index}]",
                    f"only clients with a sidecar follow these rules: {host.name} has a waypoint in namespace {waypoint},"
                    f" which takes no VirtualService of namespace {service.namespace}",
                    f"Put the rules into namespace {host.namespace}, where the service is.",
                )
