"""A field is used that Istio has replaced or ignores."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0710",
    title="a deprecated field is used",
    severity=Severity.WARNING,
    reads=("VirtualService", "Sidecar"),
    istio="IST0002",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """fault.delay.percent of a VirtualService, outboundTrafficPolicy.egressProxy of a Sidecar."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            delay = rule.fault.delay if rule.fault is not None else None
            if delay is not None and (delay.percent or 0) > 0:
                yield CHECK.found(
                    service,
                    f"spec.http[{index}].fault.delay.percent",
                    f"percent ({delay.percent}) is deprecated",
                    f"Write percentage: {{value: {delay.percent}}} instead.",
                )
    for sidecar in snapshot.sidecars:
        policy = sidecar.spec.outbound_traffic_policy
        if policy is not None and policy.egress_proxy is not None:
            yield CHECK.found(
                sidecar,
                "spec.outboundTrafficPolicy.egressProxy",
                f"egressProxy ({policy.egress_proxy.host}) is ignored",
                "Remove it, and route to an egress gateway with a VirtualService.",
            )
