"""Two PeerAuthentications are for all workloads of a namespace."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import of_whole_namespaces
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0614",
    title="several PeerAuthentications are for a whole namespace",
    severity=Severity.ERROR,
    reads=("PeerAuthentication",),
    kiali="KIA0002",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """PeerAuthentications without selector of which a namespace has several. Source: KIA0002."""
    for policy, other in of_whole_namespaces(snapshot.peer_authentications):
        yield CHECK.found(
            policy,
            "metadata.name",
            f"PeerAuthentication {other} is for all of namespace {policy.namespace}, too; the older of the two is in"
            " force",
            "Keep one of them, or give one a selector.",
        )
