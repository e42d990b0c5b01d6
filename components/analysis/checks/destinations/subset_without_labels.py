"""A subset without labels is the whole host."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0411",
    title="a subset without labels has every endpoint of its host",
    severity=Severity.INFO,
    reads=("DestinationRule",),
    kiali="KIA0209",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Subsets with neither labels nor settings of their own. Source: Kiali's destination rule checker.

    One with settings is a way to have them for some routes only, as for an egress gateway's hosts.
    """
    for rule in snapshot.destination_rules:
        for index, subset in enumerate(rule.spec.subsets):
            if not subset.labels and subset.traffic_policy is None:
                yield CHECK.found(
                    rule,
                    f"spec.subsets[{index}]",
                    f"subset {subset.name} has every endpoint of {rule.spec.host}: it has no labels that tell its own apart",
                    "Give it the labels of its pods, such as version, or send to the host without a subset.",
                )
