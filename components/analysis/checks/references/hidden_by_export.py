"""A rule needs a host or a subset that is not exported to its namespace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Verdict
from components.analysis.hosts import fqdn, visible
from components.analysis.snapshot import Snapshot, destinations_of
from components.api.networking.destination_rule import DestinationRule

CHECK = Check(
    code="M0109",
    title="what is referred to is not exported to where it is needed",
    severity=Severity.ERROR,
    reads=("VirtualService", "DestinationRule"),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Hosts of Services and ServiceEntries, and subsets of DestinationRules, hidden by exportTo. Source: exportTo of
    each kind; the annotation networking.istio.io/exportTo of a Service.
    """
    subsets: dict[tuple[str, str], list[Declared[DestinationRule]]] = defaultdict(list)
    for rule in snapshot.destination_rules:
        host = fqdn(rule.spec.host or "", rule.namespace)
        for subset in rule.spec.subsets:
            subsets[host, subset.name or ""].append(rule)
        found = snapshot.host_lookup.find(rule.spec.host or "", rule.namespace, rule.spec.export_to)
        if found.verdict is Verdict.HIDDEN:
            yield _host(rule, "spec.host", rule.spec.host, found.hosts[0].declared, "IST0174", Severity.WARNING)
    for service in snapshot.virtual_services:
        for path, destination in destinations_of(service.spec):
            found = snapshot.host_lookup.find(destination.host or "", service.namespace, service.spec.export_to)
            if found.verdict is Verdict.HIDDEN:
                owner = found.hosts[0].declared
                yield _host(service, f"{path}.host", destination.host, owner, "IST0101", Severity.ERROR)
            rules = subsets.get((found.name, destination.subset or ""), ())
            hidden = [rule for rule in rules if not visible(rule.spec.export_to, rule.namespace, service.namespace)]
            if hidden and len(hidden) == len(rules):
                yield CHECK.found(
                    service,
                    f"{path}.subset",
                    f"the subset {destination.subset!r} is defined by DestinationRule {hidden[0]}, which is not exported"
                    f" to namespace {service.namespace}; clients there get 503",
                    f"Add {service.namespace!r} or '*' to exportTo of that DestinationRule.",
                )


def _host(
    subject: Declared[object],
    field: str,
    host: str | None,
    owner: Declared[object],
    istio: str,
    severity: Severity,
) -> Finding:
    return CHECK.found(
        subject,
        field,
        f"the host {host!r} is that of {owner.kind} {owner}, which is not exported to namespace {subject.namespace}",
        f"Add {subject.namespace!r} or '*' to exportTo of that {owner.kind}.",
        severity=severity,
        istio=istio,
    )
