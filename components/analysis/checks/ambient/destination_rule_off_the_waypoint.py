"""A DestinationRule for a service with a waypoint stands in a namespace where the waypoint does not look."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.snapshot import Snapshot
from components.analysis.waypoints import waypoint_namespace

CHECK = Check(
    code="M0924",
    title="a waypoint takes no DestinationRule of this namespace",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
    kiali="KIA0212",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """DestinationRules in neither the waypoint's, the service's nor the root namespace (KIA0212). Source: pilot's
    PushContext.destinationRule, where the waypoint is the client.
    """
    if not any("istio.io/dataplane-mode" in each.labels for each in snapshot.namespaces.values()):
        return
    for rule in snapshot.destination_rules:
        name = fqdn(rule.spec.host or "", rule.namespace)
        host = snapshot.hosts.find(name, rule.namespace) if "*" not in name else None
        waypoint = waypoint_namespace(snapshot, host) if host is not None else None
        if host is None or waypoint is None:
            continue
        if rule.namespace not in (host.namespace, waypoint, snapshot.root_namespace):
            yield CHECK.found(
                rule,
                "spec.host",
                f"only gateways and clients with a sidecar in namespace {rule.namespace} follow this rule: {host.name} has a"
                f" waypoint in namespace {waypoint}, which looks for rules there, in namespace {host.namespace} and in"
                f" {snapshot.root_namespace}",
                f"Put the rule into namespace {host.namespace}, where the service is.",
            )
