"""The settings of a port stand alone: what the policy around them says does not hold for that port."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from components.analysis.blocks import blocks_of, names
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.rule_lookup import Policy, policy_of, sites_of
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import DestinationRule, Subset, TrafficPolicy

CHECK = Check(
    code="M0402",
    title="a port's settings drop those of the policy around it",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Entries of portLevelSettings without a block that would hold for the port without the entry.

    Source: TrafficPolicy.port_level_settings; pilot's GetPortLevelTrafficPolicy; istio/istio#58297.
    """
    auto_mtls = snapshot.mesh_config.enable_auto_mtls is not False
    for rule in snapshot.destination_rules:
        for site in sites_of(rule.spec):
            if site.port is None:
                continue
            around = blocks_of(_without_entry(rule.spec, site.subset, site.port), auto_mtls=auto_mtls)
            own = blocks_of(site.policy, auto_mtls=False)
            dropped = [name for name in around if name not in own]
            if dropped:
                holds = "holds" if len(dropped) == 1 else "hold"
                yield CHECK.found(
                    rule,
                    site.path,
                    f"{names(dropped)} of the policy around it {holds} no more for port {site.port}: a port with settings of"
                    " its own inherits nothing, and what it leaves out is Istio's default",
                    "Repeat here what is to hold for this port too.",
                )


def _without_entry(rule: DestinationRule, subset: Subset | None, port: int) -> Policy:
    """What would hold for a port if its innermost entry were not there."""
    if subset is None or subset.traffic_policy is None:
        return policy_of(msgspec.structs.replace(rule, traffic_policy=_general(rule.traffic_policy)), None, port)
    bare = msgspec.structs.replace(subset, traffic_policy=_general(subset.traffic_policy))
    return policy_of(rule, bare, port)


def _general(policy: TrafficPolicy | None) -> TrafficPolicy | None:
    return msgspec.structs.replace(policy, port_level_settings=()) if policy is not None else None
