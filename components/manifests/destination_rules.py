"""How callers treat a workload's endpoints: one DestinationRule a workload, with a subset for every version."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.networking.destination_rule import (
    ConnectionPoolSettings,
    DestinationRule,
    LoadBalancerSettings,
)
from components.api.networking.destination_rule import OutlierDetection as OutlierSettings
from components.api.networking.destination_rule import Subset as SubsetSettings
from components.api.networking.destination_rule import TrafficPolicy as PolicySettings
from components.manifests.names import service_host, subset_labels, workload_labels
from components.model import (
    CircuitBreaker,
    ConnectionPool,
    ConsistentHash,
    LeastRequest,
    LoadBalancer,
    Mesh,
    OutlierDetection,
    RandomChoice,
    Subset,
    TrafficPolicy,
    Workload,
)

HashKey = LoadBalancerSettings.ConsistentHashLB


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
            traffic_policy=_settings(policy.load_balancer, policy.circuit_breaker) if policy else None,
            subsets=versions + named,
        ),
    )


def _merged(parent: TrafficPolicy | None, subset: Subset) -> PolicySettings | None:
    balancer, breaker = subset.load_balancer, subset.circuit_breaker
    if balancer is None and breaker is None:
        return None
    if parent is None:
        return _settings(balancer, breaker)
    return _settings(balancer or parent.load_balancer, breaker or parent.circuit_breaker)


def _settings(balancer: LoadBalancer | None, breaker: CircuitBreaker | None) -> PolicySettings:
    pool = breaker.connection_pool if breaker else None
    outliers = breaker.outlier_detection if breaker else None
    return PolicySettings(
        load_balancer=_load_balancer(balancer) if balancer else None,
        connection_pool=_connection_pool(pool) if pool else None,
        outlier_detection=_outlier_detection(outliers) if outliers else None,
    )


def _load_balancer(balancer: LoadBalancer) -> LoadBalancerSettings:
    if isinstance(balancer, ConsistentHash):
        return LoadBalancerSettings(consistent_hash=_hash_key(balancer))
    simple = LoadBalancerSettings.SimpleLB
    if isinstance(balancer, LeastRequest):
        return LoadBalancerSettings(simple=simple.LEAST_REQUEST)
    if isinstance(balancer, RandomChoice):
        return LoadBalancerSettings(simple=simple.RANDOM)
    return LoadBalancerSettings(simple=simple.ROUND_ROBIN)


def _hash_key(balancer: ConsistentHash) -> HashKey:
    if balancer.header is not None:
        return HashKey(http_header_name=balancer.header)
    if balancer.cookie is not None:
        return HashKey(http_cookie=HashKey.HTTPCookie(name=balancer.cookie, ttl=balancer.cookie_ttl))
    return HashKey(use_source_ip=True)


def _connection_pool(pool: ConnectionPool) -> ConnectionPoolSettings:
    tcp = ConnectionPoolSettings.TCPSettings(
        max_connections=pool.max_connections,
        connect_timeout=pool.connect_timeout,
    )
    http = ConnectionPoolSettings.HTTPSettings(
        http1_max_pending_requests=pool.http1_max_pending_requests,
        http2_max_requests=pool.http2_max_requests,
        max_requests_per_connection=pool.max_requests_per_connection,
        max_retries=pool.max_retries,
    )
    return ConnectionPoolSettings(
        tcp=tcp if tcp != ConnectionPoolSettings.TCPSettings() else None,
        http=http if http != ConnectionPoolSettings.HTTPSettings() else None,
    )


def _outlier_detection(outliers: OutlierDetection) -> OutlierSettings:
    return OutlierSettings(
        consecutive_gateway_errors=outliers.consecutive_gateway_errors,
        # Left out, Istio ejects after five 5xx of any kind beside the rule that was declared.
        consecutive_5xx_errors=outliers.consecutive_5xx_errors or 0,
        interval=outliers.interval,
        base_ejection_time=outliers.base_ejection_time,
        max_ejection_percent=outliers.max_ejection_percent,
        min_health_percent=outliers.min_health_percent,
    )
