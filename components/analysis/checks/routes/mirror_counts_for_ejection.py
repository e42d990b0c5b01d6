"""Copies go to endpoints that also take live requests and are ejected when they fail."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.clusters import cluster_of, governed, named
from components.analysis.finding import Finding, Severity
from components.analysis.mirroring import mirrors_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0210",
    title="failed copies of a mirror eject endpoints that serve live requests",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Mirrors into a cluster that some rule routes to, with outlierDetection in force.

    The copy goes by the same cluster (pilot's TranslateRequestMirrorPolicy), so its failures count as any.
    """
    live = {
        cluster_of(share.destination, service.namespace)
        for service in snapshot.virtual_services
        for rule in service.spec.http
        for share in rule.route
        if share.weight != 0 or len(rule.route) == 1
    }
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            for mirror in mirrors_of(rule, f"spec.http[{index}]"):
                cluster = cluster_of(mirror.destination, service.namespace)
                if cluster not in live or any(
                    cluster == cluster_of(each.destination, service.namespace) for each in rule.route
                ):
                    continue  # where it mirrors to itself, M0209 says so
                found = governed(snapshot, cluster, service.namespace)
                if found is not None and found.policy.outlier_detection is not None:
                    yield CHECK.found(
                        service,
                        mirror.path,
                        f"copies that {named(cluster)} fails to answer count as failures of its endpoints, and"
                        f" DestinationRule {found.rule} ejects these: live requests lose them too",
                        "Mirror to a host or subset that no rule routes to, or take the ejection out while mirroring.",
                    )
