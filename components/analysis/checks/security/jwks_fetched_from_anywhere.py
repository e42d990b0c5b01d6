"""istiod fetches the keys of tokens from wherever a RequestAuthentication says."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0603",
    title="istiod may fetch keys from any address",
    severity=Severity.WARNING,
    reads=("RequestAuthentication",),
    istio="IST0175",
)

VARIABLE = "BLOCKED_CIDRS_IN_JWKS_URIS"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Deployments of istiod without the variable while there are RequestAuthentications. Source: istioctl's authn
    analyzer.
    """
    policies = snapshot.request_authentications
    if not policies:
        return
    for workload in snapshot.workloads.all:
        owner = workload.owner
        if owner.kind != "Deployment" or owner.labels.get("app") != "istiod":
            continue
        if any(each.name == VARIABLE and each.value for container in workload.containers for each in container.env):
            continue
        listed = ", ".join(map(str, policies[:5])) + (f" and {len(policies) - 5} more" if len(policies) > 5 else "")
        yield CHECK.found(
            owner,
            f"{workload.field}.spec.containers",
            f"istiod fetches keys for {listed} from whatever address they name: {VARIABLE} is not set",
            f"Set {VARIABLE} to the ranges that istiod must not ask, such as 169.254.0.0/16.",
        )
