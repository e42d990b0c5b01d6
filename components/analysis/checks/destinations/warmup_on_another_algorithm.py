"""A warmup is given for an algorithm that has none."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.rule_lookup import sites_of
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import LoadBalancerSettings

CHECK = Check(
    code="M0408",
    title="warmup has no effect with this algorithm",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)

SimpleLB = LoadBalancerSettings.SimpleLB


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """warmup beside a consistent hash, RANDOM or PASSTHROUGH. Source: LoadBalancerSettings.warmup; pilot's
    applyLoadBalancer.
    """
    for rule in snapshot.destination_rules:
        for site in sites_of(rule.spec):
            balancing = site.policy.load_balancer
            if balancing is None or (balancing.warmup is None and balancing.warmup_duration_secs is None):
                continue
            name = "warmup" if balancing.warmup is not None else "warmupDurationSecs"
            if balancing.consistent_hash is not None:
                algorithm = "consistentHash"
            elif balancing.simple in (SimpleLB.RANDOM, SimpleLB.PASSTHROUGH):
                algorithm = str(balancing.simple.value)
            else:
                continue
            yield CHECK.found(
                rule,
                f"{site.path}.loadBalancer.{name}",
                f"{name} has no effect: new endpoints get their full share at once, because {algorithm} knows no warmup",
                "Balance by ROUND_ROBIN or LEAST_REQUEST, or leave the warmup out.",
            )
