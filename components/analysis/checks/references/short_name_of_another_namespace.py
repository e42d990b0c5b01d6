"""A short name is looked up in the namespace of the rule, and the Service is in another."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Verdict
from components.analysis.snapshot import Snapshot, destinations_of

CHECK = Check(
    code="M0107",
    title="a short name is looked up in the wrong namespace",
    severity=Severity.ERROR,
    reads=("VirtualService", "DestinationRule"),
    istio="IST0101",
)
HOST_OF_RULE = "IST0174"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Short names in VirtualServices and DestinationRules. Source: the notes of Destination.host and
    DestinationRule.host: a short name is completed with the namespace of the rule, not of the service.
    """
    for service in snapshot.virtual_services:
        for path, destination in destinations_of(service.spec):
            found = snapshot.host_lookup.find(destination.host or "", service.namespace, service.spec.export_to)
            if found.verdict is Verdict.ELSEWHERE and destination.host:
                message, remedy = _words(destination.host, found.name, [each.name for each in found.hosts])
                certain = snapshot.knows_services_of(service.namespace, service)
                yield CHECK.found(
                    service, f"{path}.host", message, remedy, severity=None if certain else Severity.WARNING
                )
    for rule in snapshot.destination_rules:
        host = rule.spec.host or ""
        found = snapshot.host_lookup.find(host, rule.namespace, rule.spec.export_to)
        if found.verdict is Verdict.ELSEWHERE and host:
            message, remedy = _words(host, found.name, [each.name for each in found.hosts])
            yield CHECK.found(rule, "spec.host", message, remedy, severity=Severity.WARNING, istio=HOST_OF_RULE)


def _words(host: str, name: str, others: list[str]) -> tuple[str, str]:
    there = ", ".join(sorted(others)[:3])
    return (
        f"the short name {host!r} means {name}, which does not exist; there is {there}",
        f"Write the name in full, such as {sorted(others)[0]}, or move the rule to the namespace of the Service.",
    )
