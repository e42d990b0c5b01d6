"""A subset's or a port's failover has no outlier detection that would notice a failure."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.rule_lookup import policy_of, sites_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0409",
    title="failover of a subset or port without outlier detection has no effect",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """failover or failoverPriority where the outlierDetection in force is none.

    The webhook warns of the host's own (IST0133), and drops what it finds in subsets and ports. Source: pilot's
    locality load balancing, which turns failover on for clusters with outlier detection only.
    """
    for rule in snapshot.destination_rules:
        for site in sites_of(rule.spec):
            locality = site.policy.load_balancer.locality_lb_setting if site.policy.load_balancer is not None else None
            if locality is None or locality.enabled is False or (site.subset is None and site.port is None):
                continue
            name = "failover" if locality.failover else "failoverPriority" if locality.failover_priority else None
            if name is None or policy_of(rule.spec, site.subset, site.port).outlier_detection is not None:
                continue
            whom = f"port {site.port}" if site.port is not None else f"subset {site.subset.name if site.subset else ''}"
            inherits = " (a port inherits none)" if site.port is not None else ""
            yield CHECK.found(
                rule,
                f"{site.path}.loadBalancer.localityLbSetting.{name}",
                f"{name} has no effect for {whom}: no outlierDetection holds for it{inherits}, and without one requests"
                " go to all localities alike",
                f"Give {site.path} an outlierDetection.",
            )
