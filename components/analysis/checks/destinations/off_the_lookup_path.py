"""A DestinationRule stands in a namespace where clients elsewhere do not look."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn, namespace_of
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import DestinationRule

CHECK = Check(
    code="M0406",
    title="a DestinationRule is not where its clients look for it",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules in neither the host's namespace nor the root namespace: only clients of their own namespace follow them.

    A finding where the rule is exported to others by name, or no pod of its namespace is known. Source: istio.io,
    Traffic Management Best Practices, cross namespace configuration; pilot's PushContext.destinationRule.
    """
    for rule in snapshot.destination_rules:
        host = fqdn(rule.spec.host or "", rule.namespace)
        owner = _owner(snapshot, rule, host)
        if owner is None or rule.namespace in (owner, snapshot.root_namespace):
            continue
        where = f"{host} is in namespace {owner}, and clients look for rules in their own namespace, in {owner} and in"
        where += f" {snapshot.root_namespace}"
        remedy = f"Put the rule into namespace {owner}, or give each client's namespace one."
        others = [each for each in rule.spec.export_to if each not in (".", rule.namespace)]
        if others and rule.spec.workload_selector is None:
            whom = "all namespaces" if "*" in others else f"namespace {', '.join(others)}"
            yield CHECK.found(
                rule,
                "spec.exportTo",
                f"the rule is exported to {whom}, but only clients in namespace {rule.namespace} follow it: {where}",
                remedy,
            )
        elif not snapshot.workloads.of_namespace(rule.namespace):
            sure = snapshot.complete and rule.namespace in snapshot.namespaces
            doubt = (
                ""
                if sure
                else (
                    f"; but nothing of namespace {rule.namespace} is among these documents, so whether it has clients could"
                    " not be told for sure"
                )
            )
            yield CHECK.found(
                rule,
                "metadata.namespace",
                f"only clients in namespace {rule.namespace} follow this rule: {where}{doubt}",
                remedy,
                severity=None if sure else Severity.INFO,
            )


def _owner(snapshot: Snapshot, rule: Declared[DestinationRule], host: str) -> str | None:
    if "*" in host:
        return None
    found = snapshot.hosts.find(host, rule.namespace)
    return found.namespace if found is not None else namespace_of(host)
