"""A consistent hash behind weights: the weights are drawn first, and anew for each request."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.clusters import cluster_of, governed, named
from components.analysis.finding import Finding, Severity
from components.analysis.shares import percent
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import LoadBalancerSettings

CHECK = Check(
    code="M0401",
    title="weights send a user to either side, whatever the consistent hash",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """HTTP rules with two or more weighted destinations, of which one has a consistent hash in force.

    Source: istio/istio#9764, #33343; envoyproxy/envoy#29027: Envoy draws the destination at random for each request,
    unless use_hash_policy is set, which istiod never does.
    """
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            weighted = [each for each in rule.route if (each.weight or 0) > 0]
            if len(rule.route) < 2 or len(weighted) < 2:
                continue
            total = sum(each.weight or 0 for each in weighted)
            clusters = [cluster_of(each.destination, service.namespace) for each in weighted]
            for cluster in clusters:
                found = governed(snapshot, cluster, service.namespace)
                balancing = found.policy.load_balancer if found is not None else None
                if found is None or balancing is None or balancing.consistent_hash is None:
                    continue
                sides = ", ".join(
                    f"{percent(share.weight or 0, total)} to {named(side)}"
                    for share, side in zip(weighted, clusters, strict=True)
                )
                yield CHECK.found(
                    service,
                    f"spec.http[{index}].route",
                    f"requests with the same {_key(balancing.consistent_hash)} do not stay together: the weights are drawn"
                    f" anew for each request ({sides}), and only within its share does DestinationRule {found.rule} keep"
                    " them on one endpoint",
                    "To keep users on one side, choose it by a match (a header, a cookie) instead of weights.",
                )
                break


def _key(hashed: LoadBalancerSettings.ConsistentHashLB) -> str:
    if hashed.http_header_name:
        return f"header {hashed.http_header_name}"
    if hashed.http_cookie is not None:
        return f"cookie {hashed.http_cookie.name}"
    if hashed.http_query_parameter_name:
        return f"query parameter {hashed.http_query_parameter_name}"
    return "source address"
