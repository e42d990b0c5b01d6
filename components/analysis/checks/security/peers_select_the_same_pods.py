"""Two PeerAuthentications select the same workload."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import rivals
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0615",
    title="PeerAuthentications select the same workload",
    severity=Severity.ERROR,
    reads=("PeerAuthentication",),
    kiali="KIA0003",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """PeerAuthentications with selectors of which several select one workload. Source: KIA0003; pilot takes the
    oldest.
    """
    policies = [each for each in snapshot.peer_authentications if each.namespace != snapshot.root_namespace]
    for policy, others, workload in rivals(snapshot, policies):
        yield CHECK.found(
            policy,
            "spec.selector.matchLabels",
            f"{others} selects {workload}, too; the oldest of them is in force there, and they are not merged",
            "Put what both say into one, or let the selectors differ.",
        )
