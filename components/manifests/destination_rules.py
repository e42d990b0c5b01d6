"""How callers treat endpoints: one DestinationRule a workload, with a subset for every version, and one a host outside.

Istio's own inheritance drops settings: a port's policy has nothing of the policy around it, and a subset's replaces the
port's. So whatever differs is written out in full, from the most particular to the most general.
"""

from __future__ import annotations

from dataclasses import dataclass

from components.api import ObjectMeta, Resource
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.destination_rule import Subset as SubsetSettings
from components.api.networking.destination_rule import TrafficPolicy as PolicySettings
from components.api.networking.virtual_service import PortSelector
from components.manifests.names import external_rule_name, service_host, subset_labels, workload_labels
from components.manifests.traffic_policies import (
    client_tls,
    connection_pool,
    load_balancer,
    outlier_detection,
    retry_budget,
    unlimited_pool,
)
from components.model import (
    ConnectionPool,
    ExternalService,
    LoadBalancer,
    Locality,
    Mesh,
    OutlierDetection,
    PortPolicy,
    RetryBudget,
    Subset,
    TLSOrigination,
    TrafficPolicy,
    Workload,
)


def destination_rule(mesh: Mesh, workload: Workload) -> Resource[DestinationRule]:
    policy = mesh.policy_of(workload)
    versions = tuple(
        SubsetSettings(name=version.name, labels=subset_labels(version)) for version in mesh.versions_of(workload)
    )
    named = tuple(
        SubsetSettings(name=subset.name, labels=subset_labels(subset), traffic_policy=_merged(policy, subset))
        for subset in mesh.subsets
        if subset.workload == workload
    )
    return Resource(
        metadata=ObjectMeta(name=workload.service, namespace=workload.namespace, labels=workload_labels(workload)),
        spec=DestinationRule(
            host=service_host(workload),
            traffic_policy=_policy(policy) if policy else None,
            subsets=versions + named,
        ),
    )


def external_destination_rules(mesh: Mesh, external: ExternalService) -> tuple[Resource[DestinationRule], ...]:
    """One for each host of the service outside, or none where it has no policy."""
    policy = mesh.policy_of(external)
    if policy is None:
        return ()
    return tuple(
        Resource(
            metadata=ObjectMeta(name=external_rule_name(host), namespace=external.namespace),
            spec=DestinationRule(host=host, traffic_policy=_policy(policy)),
        )
        for host in external.hosts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    """What one level says; None where it says nothing."""

    balancer: LoadBalancer | None = None
    pool: ConnectionPool | None = None
    outliers: OutlierDetection | None = None
    locality: Locality | None = None
    tls: TLSOrigination | None = None
    retries: RetryBudget | None = None

    def over(self, below: _Settings) -> _Settings:
        return _Settings(
            balancer=self.balancer or below.balancer,
            pool=self.pool or below.pool,
            outliers=self.outliers or below.outliers,
            locality=self.locality or below.locality,
            tls=self.tls or below.tls,
            retries=self.retries or below.retries,
        )

    def written(self, ports: tuple[PolicySettings.PortTrafficPolicy, ...] = ()) -> PolicySettings:
        pool = connection_pool(self.pool) if self.pool else None
        # istiod writes the budget beside the pool's limits, and nowhere where there is no pool.
        needed = unlimited_pool() if self.retries else None
        return PolicySettings(
            load_balancer=load_balancer(self.balancer, self.locality),
            connection_pool=pool or needed,
            outlier_detection=outlier_detection(self.outliers) if self.outliers else None,
            tls=client_tls(self.tls) if self.tls else None,
            retry_budget=retry_budget(self.retries) if self.retries else None,
            port_level_settings=ports,
        )

    def written_for(self, port: int) -> PolicySettings.PortTrafficPolicy:
        whole = self.written()
        return PolicySettings.PortTrafficPolicy(
            port=PortSelector(number=port),
            load_balancer=whole.load_balancer,
            connection_pool=whole.connection_pool,
            outlier_detection=whole.outlier_detection,
            tls=whole.tls,
        )


def _said(level: TrafficPolicy | PortPolicy | Subset) -> _Settings:
    breaker = level.circuit_breaker
    own = None if isinstance(level, Subset) else level
    return _Settings(
        balancer=level.load_balancer,
        pool=breaker.connection_pool if breaker else None,
        outliers=breaker.outlier_detection if breaker else None,
        locality=own.locality if own else None,
        tls=own.tls if own else None,
        retries=level.retry_budget if isinstance(level, TrafficPolicy) else None,
    )


def _policy(policy: TrafficPolicy) -> PolicySettings:
    whole = _said(policy)
    return whole.written(tuple(_said(port).over(whole).written_for(port.port) for port in policy.ports))


def _merged(parent: TrafficPolicy | None, subset: Subset) -> PolicySettings | None:
    """None for a subset that says nothing of its own: Istio then uses the workload's, its ports included."""
    if not (subset.load_balancer or subset.circuit_breaker or subset.ports):
        return None
    below = _said(parent) if parent else _Settings()
    whole = _said(subset).over(below)
    of_parent = {port.port: port for port in parent.ports} if parent else {}
    of_subset = {port.port: port for port in subset.ports}
    ports = []
    for number in dict.fromkeys((*of_parent, *of_subset)):
        port = _said(of_parent[number]).over(below) if number in of_parent else below
        port = _said(subset).over(port)
        ports.append((_said(of_subset[number]).over(port) if number in of_subset else port).written_for(number))
    return whole.written(tuple(ports))
