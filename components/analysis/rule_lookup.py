"""Which DestinationRule holds for a client and a host, and what it says of one subset and port.

Source: pilot's PushContext.setDestinationRules, destinationRule and MergeSubsetTrafficPolicy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from components.analysis.declared import Declared
from components.analysis.hosts import fqdn, visible
from components.api.networking.destination_rule import (
    ClientTLSSettings,
    ConnectionPoolSettings,
    DestinationRule,
    LoadBalancerSettings,
    OutlierDetection,
    Subset,
    TrafficPolicy,
)

__all__ = ["Policy", "RuleLookup", "Site", "covers", "policy_of", "port_of", "sites_of", "subset_named"]

Rule = Declared[DestinationRule]


class Policy(NamedTuple):
    """The four blocks of a traffic policy that ports and subsets may have too."""

    load_balancer: LoadBalancerSettings | None = None
    connection_pool: ConnectionPoolSettings | None = None
    outlier_detection: OutlierDetection | None = None
    tls: ClientTLSSettings | None = None


class Site(NamedTuple):
    """A place in a DestinationRule where a policy stands."""

    path: str
    """From the root of the document: "spec.subsets[0].trafficPolicy.portLevelSettings[1]"."""
    policy: Policy
    subset: Subset | None
    port: int | None
    """The port it is for; None for all."""


class RuleLookup:
    """The DestinationRules of a set of documents, found as a client's proxy gets them."""

    def __init__(self, rules: Iterable[Rule], root_namespace: str) -> None:
        self.root_namespace = root_namespace
        self._exact: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        self._wildcard: dict[str, dict[str, list[Rule]]] = defaultdict(lambda: defaultdict(list))
        for rule in rules:
            host = fqdn(rule.spec.host or "", rule.namespace)
            if host.startswith("*"):
                self._wildcard[rule.namespace][host].append(rule)
            else:
                self._exact[rule.namespace, host].append(rule)

    def same_host(self) -> Iterator[tuple[str, str, tuple[Rule, ...]]]:
        """Every namespace and host that several rules of the namespace are for, with these."""
        for (namespace, host), rules in self._exact.items():
            if len(rules) > 1:
                yield namespace, host, tuple(rules)
        for namespace, by_host in self._wildcard.items():
            for host, rules in by_host.items():
                if len(rules) > 1:
                    yield namespace, host, tuple(rules)

    def in_force(self, host: str, client: str, owner: str | None) -> tuple[Rule, ...]:
        """The rules that a client in namespace `client` follows for a host (full name) of namespace `owner`.

        Its own namespace is asked first, then the host's, then the root namespace; the first with a rule that the
        client sees for the most specific host wins, and no other counts.
        """
        return next(self.steps(host, client, owner), ())

    def steps(self, host: str, client: str, owner: str | None) -> Iterator[tuple[Rule, ...]]:
        """What `in_force` chooses from: the rules of each step that has some, the first in force, the rest hidden."""
        path = [client, owner, self.root_namespace] if client != self.root_namespace else [owner, client]
        for namespace in dict.fromkeys(each for each in path if each):
            for rules in self.candidates(host, namespace):
                seen = tuple(each for each in rules if _seen(each, client))
                if seen:
                    yield seen

    def candidates(self, host: str, namespace: str) -> Iterator[tuple[Rule, ...]]:
        """The rules of a namespace that are for a host, those for the most specific host first."""
        if rules := self._exact.get((namespace, host)):
            yield tuple(rules)
        if wildcards := self._wildcard.get(namespace):
            fitting = [each for each in wildcards if covers(each, host)]
            for each in sorted(fitting, key=len, reverse=True):
                yield tuple(wildcards[each])


def covers(wildcard: str, host: str) -> bool:
    """Whether a host with a "*" at its start is for another, as "*.shop.svc.cluster.local" is."""
    return wildcard != host and host.removeprefix("*").endswith(wildcard[1:])


def subset_named(rule: DestinationRule, name: str | None) -> Subset | None:
    """The subset of that name."""
    return next((each for each in rule.subsets if each.name == name), None) if name else None


def port_of(policy: TrafficPolicy | None, port: int | None) -> TrafficPolicy.PortTrafficPolicy | None:
    """What a policy says of a port by itself."""
    if policy is None or not port:
        return None
    return next((each for each in policy.port_level_settings if each.port and each.port.number == port), None)


def policy_of(rule: DestinationRule, subset: Subset | None, port: int | None) -> Policy:
    """What is in force for a subset (None: the host itself) and a port (None: one without settings of its own).

    A port's settings stand alone. A subset's replace, block by block, what holds for that port without it.
    """
    merged = _blocks(port_of(rule.traffic_policy, port) or rule.traffic_policy)
    if subset is None or subset.traffic_policy is None:
        return merged
    single = port_of(subset.traffic_policy, port)
    if single is not None:
        return _blocks(single)
    own = _blocks(subset.traffic_policy)
    return Policy(
        own.load_balancer or merged.load_balancer,
        own.connection_pool or merged.connection_pool,
        own.outlier_detection or merged.outlier_detection,
        own.tls or merged.tls,
    )


def sites_of(rule: DestinationRule) -> Iterator[Site]:
    """Every place where a policy stands."""
    yield from _sites("spec.trafficPolicy", rule.traffic_policy, None)
    for index, subset in enumerate(rule.subsets):
        yield from _sites(f"spec.subsets[{index}].trafficPolicy", subset.traffic_policy, subset)


def _sites(path: str, policy: TrafficPolicy | None, subset: Subset | None) -> Iterator[Site]:
    if policy is None:
        return
    yield Site(path, _blocks(policy), subset, None)
    for number, each in enumerate(policy.port_level_settings):
        port = each.port.number if each.port is not None else None
        yield Site(f"{path}.portLevelSettings[{number}]", _blocks(each), subset, port or 0)


def _blocks(policy: TrafficPolicy | TrafficPolicy.PortTrafficPolicy | None) -> Policy:
    if policy is None:
        return Policy()
    return Policy(policy.load_balancer, policy.connection_pool, policy.outlier_detection, policy.tls)


def _seen(rule: Rule, client: str) -> bool:
    """One with a workload selector is for its own namespace only."""
    if rule.spec.workload_selector is not None:
        return rule.namespace == client
    # "." is for the own namespace, whatever else is said.
    return visible(rule.spec.export_to, rule.namespace, client)
