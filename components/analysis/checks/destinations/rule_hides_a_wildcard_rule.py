"""A DestinationRule for one host hides what one for many says of it."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.blocks import blocks_of, names
from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn, namespace_of
from components.analysis.rule_lookup import policy_of
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import DestinationRule

CHECK = Check(
    code="M0410",
    title="a rule for one host hides the settings of a rule for many",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
    kiali="KIA0204",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules without a block that a wildcard rule behind them on the way of their clients has.

    Clients follow the rule for the most specific host of the first namespace that has one; rules are not merged over
    hosts or namespaces. Warning for tls, info for the rest. Source: pilot's PushContext.destinationRule.
    """
    auto_mtls = snapshot.mesh_config.enable_auto_mtls is not False
    if not any((each.spec.host or "").startswith("*") for each in snapshot.destination_rules):
        return
    for rule in snapshot.destination_rules:
        host = fqdn(rule.spec.host or "", rule.namespace)
        if "*" in host or rule.spec.workload_selector is not None:
            continue
        wide = _hidden(snapshot, rule, host)
        if wide is None:
            continue
        own = blocks_of(policy_of(rule.spec, None, None), auto_mtls=False)
        lost = [name for name in blocks_of(policy_of(wide.spec, None, None), auto_mtls=auto_mtls) if name not in own]
        if lost:
            do = "does" if len(lost) == 1 else "do"
            yield CHECK.found(
                rule,
                "spec.trafficPolicy" if rule.spec.traffic_policy is not None else "spec",
                f"{names(lost)} of DestinationRule {wide} (host {wide.spec.host}) {do} not hold for {host}: clients that"
                " follow this rule follow no other, and it says nothing of that",
                "Repeat here what is to hold for this host too.",
                severity=Severity.WARNING if "tls" in lost else Severity.INFO,
            )


def _hidden(snapshot: Snapshot, rule: Declared[DestinationRule], host: str) -> Declared[DestinationRule] | None:
    """The wildcard rule that the rule's clients would follow without it."""
    found = snapshot.hosts.find(host, rule.namespace)
    owner = found.namespace if found is not None else namespace_of(host)
    steps = snapshot.rule_lookup.steps(host, rule.namespace, owner)
    if rule not in next(steps, ()):
        return None
    behind = (each for step in steps for each in step)
    return next((each for each in behind if (each.spec.host or "").startswith("*")), None)
