"""What a policy says, in Istio's words: balancing, connection limits, ejection, locality and TLS."""

from __future__ import annotations

from components.api.networking.destination_rule import (
    ClientTLSSettings,
    ConnectionPoolSettings,
    LoadBalancerSettings,
    LocalityLoadBalancerSetting,
    WarmupConfiguration,
)
from components.api.networking.destination_rule import OutlierDetection as OutlierSettings
from components.api.networking.destination_rule import TrafficPolicy as PolicySettings
from components.model import (
    ConnectionPool,
    ConsistentHash,
    LeastRequest,
    LoadBalancer,
    Locality,
    LocalityDistribution,
    LocalityFailover,
    Maglev,
    OutlierDetection,
    Passthrough,
    RandomChoice,
    RetryBudget,
    RingHash,
    TLSOrigination,
    UpstreamProtocol,
    WarmUp,
)

HashKey = LoadBalancerSettings.ConsistentHashLB
Localities = LocalityLoadBalancerSetting
Tcp, Http = ConnectionPoolSettings.TCPSettings, ConnectionPoolSettings.HTTPSettings

MOST_RETRIES = 2**31 - 1

UPGRADES = {
    UpstreamProtocol.HTTP1: Http.H2UpgradePolicy.DO_NOT_UPGRADE,
    UpstreamProtocol.HTTP2: Http.H2UpgradePolicy.UPGRADE,
}


def load_balancer(balancer: LoadBalancer | None, locality: Locality | None) -> LoadBalancerSettings | None:
    """One field holds both, so a balancer without the locality beside it would switch the locality off."""
    if balancer is None and locality is None:
        return None
    return LoadBalancerSettings(
        simple=_simple(balancer) if balancer else None,
        consistent_hash=_consistent_hash(balancer) if isinstance(balancer, ConsistentHash) else None,
        locality_lb_setting=_locality(locality) if locality else None,
        warmup=_warm_up(getattr(balancer, "warm_up", None)),
    )


def connection_pool(pool: ConnectionPool) -> ConnectionPoolSettings:
    keepalive, pings = pool.tcp_keepalive, pool.http2_keepalive
    tcp = Tcp(
        max_connections=pool.max_connections,
        connect_timeout=pool.connect_timeout,
        tcp_keepalive=Tcp.TcpKeepalive(probes=keepalive.probes, time=keepalive.time, interval=keepalive.interval)
        if keepalive
        else None,
        max_connection_duration=pool.max_connection_duration,
        idle_timeout=pool.tcp_idle_timeout,
    )
    http = Http(
        http1_max_pending_requests=pool.http1_max_pending_requests,
        http2_max_requests=pool.http2_max_requests,
        max_requests_per_connection=pool.max_requests_per_connection,
        max_retries=pool.max_retries,
        idle_timeout=pool.idle_timeout,
        h2_upgrade_policy=UPGRADES.get(pool.upstream_protocol) if pool.upstream_protocol else None,
        use_client_protocol=True if pool.upstream_protocol is UpstreamProtocol.AS_CLIENT else None,
        max_concurrent_streams=pool.max_concurrent_streams,
        http2_keep_alive=Http.ConnectionKeepalive(interval=pings.interval, timeout=pings.timeout) if pings else None,
    )
    return ConnectionPoolSettings(tcp=tcp if tcp != Tcp() else None, http=http if http != Http() else None)


def outlier_detection(outliers: OutlierDetection) -> OutlierSettings:
    apart = outliers.consecutive_local_origin_failures
    return OutlierSettings(
        split_external_local_origin_errors=True if apart is not None else None,
        consecutive_local_origin_failures=apart,
        consecutive_gateway_errors=outliers.consecutive_gateway_errors,
        # Left out, Istio ejects after five 5xx of any kind beside the rule that was declared.
        consecutive_5xx_errors=outliers.consecutive_5xx_errors or 0,
        interval=outliers.interval,
        base_ejection_time=outliers.base_ejection_time,
        max_ejection_percent=outliers.max_ejection_percent,
        min_health_percent=outliers.min_health_percent,
    )


def retry_budget(budget: RetryBudget) -> PolicySettings.RetryBudget:
    return PolicySettings.RetryBudget(
        percent=budget.percent.value, min_retry_concurrency=budget.at_least, budget_interval=budget.over
    )


def unlimited_pool() -> ConnectionPoolSettings:
    """A pool that limits nothing, for where one has to be there: the limit on retries gives way to the budget in Envoy."""
    return ConnectionPoolSettings(http=Http(max_retries=MOST_RETRIES))


def client_tls(tls: TLSOrigination) -> ClientTLSSettings:
    mode = ClientTLSSettings.TLSmode.MUTUAL if tls.client_certificate else ClientTLSSettings.TLSmode.SIMPLE
    return ClientTLSSettings(
        mode=mode,
        client_certificate=tls.client_certificate,
        private_key=tls.private_key,
        ca_certificates=tls.ca_certificates,
        subject_alt_names=tuple(tls.subject_alt_names),
        sni=tls.sni,
    )


def _simple(balancer: LoadBalancer) -> LoadBalancerSettings.SimpleLB | None:
    simple = LoadBalancerSettings.SimpleLB
    if isinstance(balancer, ConsistentHash):
        return None
    if isinstance(balancer, LeastRequest):
        return simple.LEAST_REQUEST
    if isinstance(balancer, RandomChoice):
        return simple.RANDOM
    return simple.PASSTHROUGH if isinstance(balancer, Passthrough) else simple.ROUND_ROBIN


def _warm_up(warm_up: WarmUp | None) -> WarmupConfiguration | None:
    if warm_up is None:
        return None
    return WarmupConfiguration(
        duration=warm_up.duration, minimum_percent=warm_up.minimum.value, aggression=warm_up.aggression
    )


def _consistent_hash(balancer: ConsistentHash) -> HashKey:
    cookie = (
        HashKey.HTTPCookie(
            name=balancer.cookie,
            path=balancer.cookie_path,
            ttl=balancer.cookie_ttl,
            attributes=tuple(
                HashKey.HTTPCookie.Attribute(name=name, value=value) for name, value in balancer.cookie_attributes
            ),
        )
        if balancer.cookie is not None
        else None
    )
    return HashKey(
        http_header_name=balancer.header,
        http_query_parameter_name=balancer.query,
        http_cookie=cookie,
        use_source_ip=True if balancer.source_ip else None,
        ring_hash=HashKey.RingHash(minimum_ring_size=balancer.by.minimum_size)
        if isinstance(balancer.by, RingHash)
        else None,
        maglev=HashKey.MagLev(table_size=balancer.by.table_size) if isinstance(balancer.by, Maglev) else None,
    )


def _locality(locality: Locality) -> Localities:
    if isinstance(locality, LocalityDistribution):
        shares = tuple(Localities.Distribute(from_=caller, to=dict(to)) for caller, to in locality.shares)
        return Localities(enabled=True, distribute=shares)
    if isinstance(locality, LocalityFailover):
        regions = tuple(Localities.Failover(from_=source, to=target) for source, target in locality.regions)
        return Localities(enabled=True, failover=regions, failover_priority=locality.priority)
    return Localities(enabled=False)
