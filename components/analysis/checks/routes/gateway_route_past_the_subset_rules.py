"""A gateway's rule sends to a host whose own rules choose subsets: they are for the mesh, not for the gateway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.clusters import cluster_of, endpoints_of, governed
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.matches import MESH
from components.analysis.rule_lookup import subset_named
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import HTTPRoute, VirtualService

CHECK = Check(
    code="M0207",
    title="rules of the mesh that choose subsets are not in force for a gateway's requests",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    istio="IST0140",
)

Services = dict[tuple[str, str], Declared[VirtualService]]


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules at a gateway that send to a host without a subset, while another VirtualService of the mesh splits it.

    Fewer than istioctl's IST0140: not where both are one VirtualService, where the rule is for the mesh only, or where
    the subsets are chosen at a gateway, as an egress gateway's second hop does (istio/istio#58559). Hosts are compared
    in full, not as they are written.
    """
    splitting = _splitting(snapshot)
    for service in snapshot.virtual_services:
        if not any(each != MESH for each in service.spec.gateways):
            continue
        told: set[tuple[str, str]] = set()
        for path, host in _bare_destinations(service):
            for key, other in splitting.get(host, {}).items():
                if other is service or key in told:
                    continue
                told.add(key)
                sure = _chooses(snapshot, other, host)
                doubt = (
                    ""
                    if sure
                    else (
                        "; but all it does is to send to one subset, which may be all that there is, so whether that makes a"
                        " difference could not be told"
                    )
                )
                yield CHECK.found(
                    service,
                    path,
                    f"requests that come by a gateway go to any endpoint of {host}: VirtualService {other}, which chooses"
                    f" subsets of it, is for the sidecars of the mesh, and a gateway does not follow it{doubt}",
                    "Choose the subset here too, or bind that VirtualService's rules to the gateway.",
                    severity=None if sure else Severity.INFO,
                )


def _chooses(snapshot: Snapshot, other: Declared[VirtualService], host: str) -> bool:
    """Whether the rules of the mesh surely tell endpoints apart: by several rules or subsets, or by one subset of some."""
    clusters = {
        cluster_of(share.destination, other.namespace)
        for rule in other.spec.http
        for share in rule.route
        if share.destination is not None and fqdn(share.destination.host or "", other.namespace) == host
    }
    if len(clusters) > 1 or len(other.spec.http) > 1:
        return True
    found = snapshot.hosts.find(host, other.namespace)
    for cluster in clusters:
        rule = governed(snapshot, cluster, other.namespace)
        subset = subset_named(rule.rule.spec, cluster[1]) if rule is not None else None
        if found is not None and subset is not None:
            some, all_of = endpoints_of(snapshot, found, subset.labels), endpoints_of(snapshot, found, {})
            return some is not None and all_of is not None and some < all_of
    return False


def _splitting(snapshot: Snapshot) -> dict[str, Services]:
    """By host, the VirtualServices for it that send to a subset of it in the mesh."""
    found: dict[str, Services] = defaultdict(dict)
    for service in snapshot.virtual_services:
        if service.spec.gateways and MESH not in service.spec.gateways:
            continue
        own = {fqdn(each, service.namespace) for each in service.spec.hosts}
        for rule in service.spec.http:
            for share in rule.route:
                if share.destination is not None and share.destination.subset:
                    host = fqdn(share.destination.host or "", service.namespace)
                    if host in own:
                        found[host][service.namespace, service.name] = service
    return found


def _bare_destinations(service: Declared[VirtualService]) -> Iterator[tuple[str, str]]:
    for index, rule in enumerate(service.spec.http):
        if _is_for_the_mesh_only(rule):
            continue
        for number, share in enumerate(rule.route):
            if share.destination is not None and not share.destination.subset:
                host = fqdn(share.destination.host or "", service.namespace)
                yield f"spec.http[{index}].route[{number}].destination.host", host


def _is_for_the_mesh_only(rule: HTTPRoute) -> bool:
    return bool(rule.match) and all(each.gateways and set(each.gateways) == {MESH} for each in rule.match)
