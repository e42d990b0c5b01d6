"""A PeerAuthentication of the root namespace has a selector."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import labels_of, shown
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0624",
    title="a PeerAuthentication of the root namespace has a selector",
    severity=Severity.WARNING,
    reads=("PeerAuthentication",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Those of the root namespace with a selector, which are in force nowhere. Source: pilot's
    ComposePeerAuthentication.
    """
    for policy in snapshot.peer_authentications:
        labels = labels_of(policy.spec)
        if labels and policy.namespace == snapshot.root_namespace:
            yield CHECK.found(
                policy,
                "spec.selector",
                f"it selects {shown(labels)} in the root namespace {policy.namespace}, where a PeerAuthentication with a"
                " selector is in force for nothing",
                "Put it into the namespace of the workloads, or take the selector away to set the mode of the mesh.",
            )
