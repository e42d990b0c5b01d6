"""A subset's general block replaces what the host says of a port."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.blocks import blocks_of, names
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.rule_lookup import port_of, sites_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0404",
    title="a subset's block replaces the host's settings for a port",
    severity=Severity.INFO,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Blocks that a subset gives for all ports and the host for one. Source: pilot's MergeSubsetTrafficPolicy."""
    for rule in snapshot.destination_rules:
        ports = [each for each in sites_of(rule.spec) if each.subset is None and each.port is not None]
        for site in sites_of(rule.spec) if ports else ():
            if site.subset is None or site.port is not None:
                continue
            own = blocks_of(site.policy)
            for each in ports:
                theirs = blocks_of(each.policy)
                replaced = [name for name in own if name in theirs and own[name] != theirs[name]]
                if replaced and port_of(site.subset.traffic_policy, each.port) is None:
                    yield CHECK.found(
                        rule,
                        f"{site.path}.{replaced[0]}",
                        f"{names(replaced)} of subset {site.subset.name} holds for port {each.port} too, in place of what"
                        f" {each.path} says of that port",
                        f"Where the port's is meant, give the subset portLevelSettings for port {each.port}.",
                    )
