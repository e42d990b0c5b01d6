"""A DestinationRule for an ambient service without a waypoint: ztunnel does not follow it."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.matches import MESH
from components.analysis.snapshot import Snapshot, destinations_of
from components.analysis.waypoints import USE_WAYPOINT, lacks_waypoint

CHECK = Check(
    code="M0921",
    title="a DestinationRule needs a waypoint in ambient mode",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
    kiali="KIA0210",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """DestinationRules with settings or subsets for Services without a waypoint (KIA0210, KIA0211).

    Info where a gateway sends to the host: gateways follow DestinationRules.
    """
    if not any("istio.io/dataplane-mode" in each.labels for each in snapshot.namespaces.values()):
        return
    at_gateways = {
        fqdn(each.host or "", service.namespace)
        for service in snapshot.virtual_services
        if any(name != MESH for name in service.spec.gateways)
        for _, each in destinations_of(service.spec)
    }
    for rule in snapshot.destination_rules:
        name = fqdn(rule.spec.host or "", rule.namespace)
        host = snapshot.hosts.find(name, rule.namespace) if "*" not in name else None
        if host is None or not lacks_waypoint(snapshot, host):
            continue
        if rule.spec.traffic_policy is None and not rule.spec.subsets:
            continue
        yield CHECK.found(
            rule,
            "spec.trafficPolicy" if rule.spec.traffic_policy is not None else "spec.subsets",
            f"only gateways and clients with a sidecar follow this rule: {host.name} is in the ambient namespace"
            f" {host.namespace} and has no waypoint, and ztunnel reads no DestinationRule",
            f"Deploy a waypoint and label the Service or namespace {host.namespace} {USE_WAYPOINT}, or leave the rule out.",
            severity=Severity.INFO if host.name in at_gateways else None,
        )
