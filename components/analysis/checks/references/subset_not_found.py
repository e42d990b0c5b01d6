"""A route or a mirror sends to a subset that no DestinationRule defines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import covers, fqdn, namespace_of
from components.analysis.snapshot import Snapshot, destinations_of

CHECK = Check(
    code="M0105",
    title="a subset that is routed to is not defined",
    severity=Severity.ERROR,
    reads=("VirtualService",),
    istio="IST0101",
    kiali="KIA1107",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Subsets of destinations. A DestinationRule for *.shop.svc.cluster.local defines them for its hosts, too."""
    subsets: dict[str, set[str]] = defaultdict(set)
    for rule in snapshot.destination_rules:
        names = {each.name for each in rule.spec.subsets if each.name}
        subsets[fqdn(rule.spec.host or "", rule.namespace)] |= names
    wildcards = [host for host in subsets if host.startswith("*")]
    for service in snapshot.virtual_services:
        for path, destination in destinations_of(service.spec):
            if not destination.host or not destination.subset:
                continue
            name = fqdn(destination.host, service.namespace)
            rules = [host for host in wildcards if covers(host, name)]
            if name in subsets:
                rules.append(name)
            defined = {subset for host in rules for subset in subsets[host]}
            if destination.subset in defined:
                continue
            what = f"the subset {destination.subset!r} of host {destination.host!r}"
            remedy = f"Define it in a DestinationRule for {name}, before it is routed to."
            if rules:
                known = ", ".join(sorted(defined)) or "no subset"
                remedy = f"The DestinationRules of that host define {known}. {remedy}"
            if rules or (snapshot.complete and (namespace_of(name) or service.namespace) in snapshot.namespaces):
                message = f"{what} is not defined by any DestinationRule; requests to it are answered 503"
                yield CHECK.found(service, f"{path}.subset", message, remedy)
            else:
                message = (
                    f"{what} was not found, but no DestinationRule of that host is among these documents, so this"
                    " could not be told for sure"
                )
                yield CHECK.doubted(service, f"{path}.subset", message, remedy)
