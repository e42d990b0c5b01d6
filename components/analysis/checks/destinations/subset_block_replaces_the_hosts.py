"""A subset's block replaces the host's as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.blocks import blocks_of, leaves_of, names
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.rule_lookup import policy_of, sites_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0403",
    title="a subset's block drops fields of the host's",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Blocks of a subset's trafficPolicy without a field that the host's block has. Source: pilot's MergeTrafficPolicy.

    Another tls mode, or another algorithm of balancing, is taken for meant.
    """
    for rule in snapshot.destination_rules:
        for site in sites_of(rule.spec):
            if site.subset is None or site.port is not None:
                continue
            general, own = blocks_of(policy_of(rule.spec, None, None)), blocks_of(site.policy)
            for name, block in own.items():
                before = general.get(name)
                if before is None or (name == "tls" and before.mode != block.mode):
                    continue
                kept = set(leaves_of(block))
                lost = [each for each in dict.fromkeys(leaves_of(before)) if each not in kept]
                if lost:
                    yield CHECK.found(
                        rule,
                        f"{site.path}.{name}",
                        f"{names(lost)} of spec.trafficPolicy.{name} {'is' if len(lost) == 1 else 'are'} not in force for"
                        f" subset {site.subset.name}: its own {name} replaces the host's as a whole",
                        "Repeat here what is to hold for the subset too.",
                    )
