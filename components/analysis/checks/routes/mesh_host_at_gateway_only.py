"""A host of the mesh is routed at a gateway only."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.host_lookup import Verdict
from components.analysis.hosts import fqdn
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0239",
    title="a Service's host is routed at a gateway only",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Hosts of Services in VirtualServices whose gateways lack mesh, when no other VirtualService routes them in the
    mesh. Source: VirtualService.gateways in virtual_service.proto.
    """
    in_mesh = {
        fqdn(host, service.namespace)
        for service in snapshot.virtual_services
        if not service.spec.gateways or MESH in service.spec.gateways
        for host in service.spec.hosts
    }
    for service in snapshot.virtual_services:
        if not service.spec.gateways or MESH in service.spec.gateways:
            continue
        for index, host in enumerate(service.spec.hosts):
            found = snapshot.host_lookup.find(host, service.namespace)
            if host.startswith("*") or found.verdict is not Verdict.SEEN or found.name in in_mesh:
                continue
            if any(each.is_service for each in found.hosts):
                yield CHECK.found(
                    service,
                    f"spec.hosts[{index}]",
                    f"{found.name} is a Service of the mesh, and the routes hold at"
                    f" {', '.join(service.spec.gateways)} only: requests between pods do not follow them",
                    "Add mesh to spec.gateways, or use the host that clients of the gateway ask for.",
                )
