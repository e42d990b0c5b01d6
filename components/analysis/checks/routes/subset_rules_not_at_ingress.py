"""A gateway sends to a host without a subset; the mesh's rules for subsets of that host do not hold there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.hosts import fqdn
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0232",
    title="the mesh's routes to subsets do not hold at a gateway",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    istio="IST0140",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Routes of gateways without subset, to hosts that another VirtualService routes by subset. A VirtualService that
    leads its own host through a gateway, as egress does, is left out; a subset that is the only one there is makes
    little difference. Source: istio.io, Network issues, Route rules
    have no effect on ingress gateway requests; istio/istio#58559.
    """
    defined: dict[str, set[str]] = defaultdict(set)
    for policy in snapshot.destination_rules:
        defined[fqdn(policy.spec.host or "", policy.namespace)] |= {each.name or "" for each in policy.spec.subsets}
    by_subset: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for service in snapshot.virtual_services:
        own = {fqdn(host, service.namespace) for host in service.spec.hosts}
        for rule in service.spec.http:
            for each in rule.route:
                if each.destination is not None and each.destination.subset:
                    host = fqdn(each.destination.host or "", service.namespace)
                    if host in own:
                        by_subset[host][str(service)].add(each.destination.subset)
    for service in snapshot.virtual_services:
        gateways = {each for each in service.spec.gateways if each != MESH}
        own = {fqdn(host, service.namespace) for host in service.spec.hosts}
        if not gateways:
            continue
        for index, rule in enumerate(service.spec.http):
            for number, each in enumerate(rule.route):
                if each.destination is None or each.destination.subset:
                    continue
                host = fqdn(each.destination.host or "", service.namespace)
                others = sorted(name for name in by_subset.get(host, ()) if name != str(service))
                if others and host not in own:
                    used = set().union(*(by_subset[host][name] for name in others))
                    only = len(used) == 1 and defined.get(host) == used
                    yield CHECK.found(
                        service,
                        f"spec.http[{index}].route[{number}].destination",
                        f"requests that come through {', '.join(sorted(gateways))} go to {host} without a subset; the"
                        f" routes to subsets of VirtualService {', '.join(others)} do not hold for them",
                        "Name the subset here as well, or bind that VirtualService to the gateway.",
                        severity=Severity.INFO if only else None,
                    )
