"""Rules of a VirtualService for an ambient service without a waypoint: ztunnel does not follow them."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.matches import MESH
from components.analysis.snapshot import Snapshot
from components.analysis.waypoints import USE_WAYPOINT, lacks_waypoint

CHECK = Check(
    code="M0920",
    title="rules of a VirtualService need a waypoint in ambient mode",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    kiali="KIA1109",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """VirtualServices of the mesh for Services of an ambient namespace without a waypoint (KIA1109, KIA1113)."""
    if not any("istio.io/dataplane-mode" in each.labels for each in snapshot.namespaces.values()):
        return
    for service in snapshot.virtual_services:
        if service.spec.gateways and MESH not in service.spec.gateways:
            continue
        for index, name in enumerate(service.spec.hosts):
            host = snapshot.hosts.find(fqdn(name, service.namespace), service.namespace) if "*" not in name else None
            if host is not None and lacks_waypoint(snapshot, host):
                yield CHECK.found(
                    service,
                    f"spec.hosts[{index}]",
                    f"only clients with a sidecar follow these rules: {host.name} is in the ambient namespace"
                    f" {host.namespace} and has no waypoint, and ztunnel forwards connections without looking at requests",
                    f"Deploy a waypoint and label the Service or namespace {host.namespace} {USE_WAYPOINT}, or leave the"
                    " rules out.",
                )
