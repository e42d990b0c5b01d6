"""A Sidecar has an outbound traffic policy without a mode."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0708",
    title="an outbound traffic policy has no mode",
    severity=Severity.INFO,
    reads=("Sidecar",),
    kiali="KIA1007",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """The first value of the enum, REGISTRY_ONLY, holds then, not the mesh's own. Source: OutboundTrafficPolicy.Mode in
    sidecar.proto.
    """
    for sidecar in snapshot.sidecars:
        policy = sidecar.spec.outbound_traffic_policy
        if policy is not None and policy.mode is None:
            yield CHECK.found(
                sidecar,
                "spec.outboundTrafficPolicy",
                "no mode is given, so that REGISTRY_ONLY holds and requests to unknown hosts are dropped",
                "Write mode: REGISTRY_ONLY or mode: ALLOW_ANY, or leave the policy out to have the mesh's.",
            )
