"""Some hosts of a VirtualService are served by none of its Gateways."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH, hosts_for, is_internal
from components.analysis.hosts import overlap
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0510",
    title="a host of a VirtualService is on none of its Gateways",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Hosts one by one, where others of the same VirtualService are served; where none is, M0507 tells. A VirtualService
    that is for the mesh, too, is left out. Source: Server.hosts in gateway.proto; istio/istio#34829.
    """
    for service in snapshot.virtual_services:
        references = service.spec.gateways
        if not references or MESH in references or any(map(is_internal, references)):
            continue
        gateways = [snapshot.gateway_index.named(each, service.namespace) for each in references]
        offered = {host for each in gateways if each is not None for host in hosts_for(each, service.namespace)}
        if None in gateways:
            continue
        lost = [
            index for index, host in enumerate(service.spec.hosts) if not any(overlap(each, host) for each in offered)
        ]
        if len(lost) == len(service.spec.hosts):
            continue
        for index in lost:
            yield CHECK.found(
                service,
                f"spec.hosts[{index}]",
                f"the host {service.spec.hosts[index]!r} is served by none of the Gateways {', '.join(references)}",
                f"Add it to a server of one of them (they serve {', '.join(sorted(offered))}), or remove it here.",
            )
