"""None of a VirtualService's hosts is served by a Gateway that it names."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH, full_reference, hosts_for, is_internal
from components.analysis.hosts import overlap
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0507",
    title="no host of a VirtualService is on its Gateway",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    istio="IST0132",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Gateways none of whose hosts fits. Source: Server.hosts in gateway.proto."""
    for service in snapshot.virtual_services:
        for index, reference in enumerate(service.spec.gateways):
            if reference == MESH or is_internal(reference):
                continue
            gateway = snapshot.gateway_index.named(reference, service.namespace)
            hosts = ", ".join(service.spec.hosts)
            name = "/".join(full_reference(reference, service.namespace))
            field = f"spec.gateways[{index}]"
            if gateway is None:
                message = f"whether Gateway {name} serves {hosts or 'its hosts'} can not be told: it was not found"
                remedy = "See what is said about the Gateway's name."
                yield CHECK.found(service, field, message, remedy, severity=Severity.INFO)
                continue
            offered = hosts_for(gateway, service.namespace)
            if any(overlap(each, host) for each in offered for host in service.spec.hosts):
                continue
            yield CHECK.found(
                service,
                field,
                f"Gateway {name} serves none of the hosts {hosts or '(none)'}: the routes are not used there",
                f"Add a host to a server of the Gateway, or use one that it serves"
                f" ({', '.join(dict.fromkeys(offered)) or f'none for namespace {service.namespace}'}).",
            )
