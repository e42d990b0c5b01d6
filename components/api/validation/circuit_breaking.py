"""Limits on connections and requests, and ejection of hosts that fail: the parts of a traffic policy that break a
circuit. Sidecars have the same limits for what comes in.

Rules: DestinationRule's 11 to 34 of istiod's webhook (validateOutlierDetection, validateConnectionPool).
"""

from __future__ import annotations

from datetime import timedelta

from components.api.duration import nanoseconds_of
from components.api.networking.destination_rule import ConnectionPoolSettings, OutlierDetection
from components.api.validation.formats import duration_flaw, percent_flaw
from components.api.validation.violation import Report

__all__ = ["CODES", "check_connection_pool", "check_outlier_detection"]

CODES = {
    "V2011": "outlierDetection.baseEjectionTime is below 1ms or finer than 1ms",
    "V2012": "outlierDetection.consecutiveErrors is deprecated",
    "V2013": "outlierDetection.consecutiveLocalOriginFailures without splitExternalLocalOriginErrors",
    "V2014": "outlierDetection.interval is below 1ms or finer than 1ms",
    "V2015": "outlierDetection.maxEjectionPercent is not within 0 to 100",
    "V2016": "outlierDetection.minHealthPercent is not within 0 to 100",
    "V2017": "connectionPool has neither http nor tcp",
    "V2018": "connectionPool.http.http1MaxPendingRequests is negative",
    "V2019": "connectionPool.http.http2MaxRequests is negative",
    "V2020": "connectionPool.http.maxRequestsPerConnection is negative",
    "V2021": "connectionPool.http.maxRetries is negative",
    "V2022": "connectionPool.http.idleTimeout is below 1ms or finer than 1ms",
    "V2023": "connectionPool.http both upgrades to HTTP/2 and keeps the client's protocol",
    "V2024": "connectionPool.http.maxConcurrentStreams is negative",
    "V2025": "connectionPool.http.http2KeepAlive has no interval",
    "V2026": "connectionPool.http.http2KeepAlive.interval is below 1ms or finer than 1ms",
    "V2027": "connectionPool.http.http2KeepAlive has no timeout",
    "V2028": "connectionPool.http.http2KeepAlive.timeout is below 1ms or finer than 1ms",
    "V2029": "connectionPool.tcp.maxConnections is negative",
    "V2030": "connectionPool.tcp.connectTimeout is below 1ms or finer than 1ms",
    "V2031": "connectionPool.tcp.maxConnectionDuration is below 1ms or finer than 1ms",
    "V2032": "connectionPool.tcp.idleTimeout is negative or finer than 1ms",
    "V2033": "connectionPool.tcp.tcpKeepalive.time is below 1ms or finer than 1ms",
    "V2034": "connectionPool.tcp.tcpKeepalive.interval is below 1ms or finer than 1ms",
}

MILLISECOND = 10**6
UPGRADE = ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy.UPGRADE


def check_outlier_detection(outlier: OutlierDetection, path: str, report: Report) -> None:
    """Rules 11 to 16."""
    _duration("V2011", f"{path}.baseEjectionTime", outlier.base_ejection_time, report)
    if outlier.consecutive_errors:
        report.warn(
            "V2012",
            f"{path}.consecutiveErrors",
            f"consecutiveErrors is deprecated, got {outlier.consecutive_errors}",
            "Use consecutiveGatewayErrors or consecutive5xxErrors instead.",
        )
    failures = outlier.consecutive_local_origin_failures or 0
    if failures > 0 and not outlier.split_external_local_origin_errors:
        report.refuse(
            "V2013",
            f"{path}.consecutiveLocalOriginFailures",
            f"consecutiveLocalOriginFailures is {failures}, but failures to connect are not counted apart",
            "Set splitExternalLocalOriginErrors to true, or leave consecutiveLocalOriginFailures out.",
        )
    _duration("V2014", f"{path}.interval", outlier.interval, report)
    if outlier.max_ejection_percent is not None:
        report.refuse_if("V2015", f"{path}.maxEjectionPercent", percent_flaw(outlier.max_ejection_percent))
    if outlier.min_health_percent is not None:
        report.refuse_if("V2016", f"{path}.minHealthPercent", percent_flaw(outlier.min_health_percent))


def check_connection_pool(pool: ConnectionPoolSettings, path: str, report: Report) -> None:
    """Rules 17 to 34."""
    if pool.http is None and pool.tcp is None:
        report.refuse(
            "V2017", path, "the connection pool limits nothing, got {}", "Set http, tcp or both, or leave it out."
        )
    if pool.http is not None:
        _http(pool.http, f"{path}.http", report)
    if pool.tcp is not None:
        _tcp(pool.tcp, f"{path}.tcp", report)


def _http(http: ConnectionPoolSettings.HTTPSettings, path: str, report: Report) -> None:
    _not_negative("V2018", f"{path}.http1MaxPendingRequests", http.http1_max_pending_requests, report)
    _not_negative("V2019", f"{path}.http2MaxRequests", http.http2_max_requests, report)
    _not_negative("V2020", f"{path}.maxRequestsPerConnection", http.max_requests_per_connection, report)
    _not_negative("V2021", f"{path}.maxRetries", http.max_retries, report)
    _duration("V2022", f"{path}.idleTimeout", http.idle_timeout, report)
    if http.h2_upgrade_policy is UPGRADE and http.use_client_protocol:
        report.refuse(
            "V2023",
            f"{path}.useClientProtocol",
            "useClientProtocol is true, but h2UpgradePolicy is UPGRADE",
            "Keep the client's protocol or upgrade to HTTP/2, not both.",
        )
    _not_negative("V2024", f"{path}.maxConcurrentStreams", http.max_concurrent_streams, report)
    if (keepalive := http.http2_keep_alive) is not None:
        inner = f"{path}.http2KeepAlive"
        _needed_duration("V2025", "V2026", f"{inner}.interval", keepalive.interval, report)
        _needed_duration("V2027", "V2028", f"{inner}.timeout", keepalive.timeout, report)


def _tcp(tcp: ConnectionPoolSettings.TCPSettings, path: str, report: Report) -> None:
    _not_negative("V2029", f"{path}.maxConnections", tcp.max_connections, report)
    _duration("V2030", f"{path}.connectTimeout", tcp.connect_timeout, report)
    _duration("V2031", f"{path}.maxConnectionDuration", tcp.max_connection_duration, report)
    # Less than 1ms counts as 0 here, and 0 switches the timeout off.
    if tcp.idle_timeout is not None and abs(nanoseconds_of(tcp.idle_timeout)) >= MILLISECOND:
        _duration("V2032", f"{path}.idleTimeout", tcp.idle_timeout, report)
    if (keepalive := tcp.tcp_keepalive) is not None:
        _duration("V2033", f"{path}.tcpKeepalive.time", keepalive.time, report)
        _duration("V2034", f"{path}.tcpKeepalive.interval", keepalive.interval, report)


def _duration(code: str, path: str, value: timedelta | None, report: Report) -> None:
    if value is not None:
        report.refuse_if(code, path, duration_flaw(value))


def _needed_duration(missing: str, bad: str, path: str, value: timedelta | None, report: Report) -> None:
    if value is None:
        report.refuse(missing, path, f"{path.rpartition('.')[2]} is not set", 'Give a duration such as "5s".')
    else:
        report.refuse_if(bad, path, duration_flaw(value))


def _not_negative(code: str, path: str, value: int | None, report: Report) -> None:
    if value is not None and value < 0:
        name = path.rpartition(".")[2]
        report.refuse(code, path, f"{name} is {value}", "Give a whole number of at least 0.")
