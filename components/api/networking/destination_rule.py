# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/destination_rule.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import field

from components.api.duration import DurationValue
from components.api.message import Message
from components.api.networking.virtual_service import PortSelector
from components.api.type.selector import WorkloadSelector

__all__ = [
    "ClientTLSSettings",
    "ConnectionPoolSettings",
    "DestinationRule",
    "LoadBalancerSettings",
    "LocalityLoadBalancerSetting",
    "OutlierDetection",
    "Subset",
    "TrafficPolicy",
    "WarmupConfiguration",
    "ZoneAwareLoadBalancerSetting",
]


class DestinationRule(Message, frozen=True, kw_only=True):
    """What holds for requests to a host once they are routed: balancing, connections, ejection, TLS;
    and its subsets.
    """

    host: str | None = None
    """Name in the service registry; a short name is completed with the namespace of the rule.
    Required.
    """
    traffic_policy: TrafficPolicy | None = None
    """Settings for all subsets and ports that have none of their own."""
    subsets: tuple[Subset, ...] = ()
    """Versions of the service, told apart by labels; routes refer to them by name."""
    export_to: tuple[str, ...] = ()
    """Namespaces that see the rule: names, `.` for the own, `*` for all."""
    workload_selector: WorkloadSelector | None = None
    """Clients that the rule is for, in its own namespace. Not set: all."""


class TrafficPolicy(Message, frozen=True, kw_only=True):
    """How clients treat a host. A subset's replaces the host's field by field, a port's as a whole."""

    class PortTrafficPolicy(Message, frozen=True, kw_only=True):
        """Settings for one port of the service."""

        port: PortSelector | None = None
        """The port that they are for."""
        load_balancer: LoadBalancerSettings | None = None
        """Load balancer: LoadBalancerSettings."""
        connection_pool: ConnectionPoolSettings | None = None
        """Connection pool: ConnectionPoolSettings."""
        outlier_detection: OutlierDetection | None = None
        """Outlier detection: OutlierDetection."""
        tls: ClientTLSSettings | None = None
        """TLS: ClientTLSSettings."""

    class TunnelSettings(Message, frozen=True, kw_only=True):
        """Tunnel settings of TrafficPolicy."""

        protocol: str | None = None
        """Protocol: text."""
        target_host: str | None = None
        """Target host: text. Required."""
        target_port: int | None = None
        """Target port: a whole number. Required."""

    class ProxyProtocol(Message, frozen=True, kw_only=True):
        """Proxy protocol of TrafficPolicy."""

        class VERSION(Enum):
            """Version of ProxyProtocol."""

            V1 = "V1"
            V2 = "V2"

        version: TrafficPolicy.ProxyProtocol.VERSION | None = None
        """Version: VERSION."""

    class RetryBudget(Message, frozen=True, kw_only=True):
        """Retry budget of TrafficPolicy."""

        percent: float | None = None
        """Percent: a number. 0 to 100."""
        min_retry_concurrency: int | None = None
        """Min retry concurrency: a whole number."""
        budget_interval: DurationValue | None = None
        """Budget interval: a length of time."""

    load_balancer: LoadBalancerSettings | None = None
    """How a host is chosen. Not set: LEAST_REQUEST."""
    connection_pool: ConnectionPoolSettings | None = None
    """How many connections and requests may be open at once."""
    outlier_detection: OutlierDetection | None = None
    """When a host is taken out because it fails. Not set: never."""
    tls: ClientTLSSettings | None = None
    """How clients connect. Not set: mutual TLS where the other side has a sidecar."""
    port_level_settings: tuple[TrafficPolicy.PortTrafficPolicy, ...] = ()
    """Settings for single ports; they inherit nothing, so repeat what should hold. At most 4096 items."""
    tunnel: TrafficPolicy.TunnelSettings | None = None
    """Whether and how TCP is sent through an HTTP tunnel."""
    proxy_protocol: TrafficPolicy.ProxyProtocol | None = None
    """Whether the client's address is sent ahead by PROXY protocol."""
    retry_budget: TrafficPolicy.RetryBudget | None = None
    """How many retries may be under way, as a share of requests."""


class Subset(Message, frozen=True, kw_only=True):
    """A version of a service."""

    name: str | None = None
    """Name that routes refer to. Required."""
    labels: Mapping[str, str] = {}
    """Labels that its pods have, besides those of the service."""
    traffic_policy: TrafficPolicy | None = None
    """Settings for this subset; fields not set are those of the host. They hold only where a route
    names the subset.
    """


class LoadBalancerSettings(Message, frozen=True, kw_only=True):
    """How one host is chosen of many."""

    class SimpleLB(Enum):
        """Simple LB of LoadBalancerSettings."""

        UNSPECIFIED = "UNSPECIFIED"
        LEAST_CONN = "LEAST_CONN"
        RANDOM = "RANDOM"
        PASSTHROUGH = "PASSTHROUGH"
        ROUND_ROBIN = "ROUND_ROBIN"
        LEAST_REQUEST = "LEAST_REQUEST"

    class ConsistentHashLB(Message, frozen=True, kw_only=True):
        """A key taken from the request decides the host; weights of a route are drawn before it."""

        class RingHash(Message, frozen=True, kw_only=True):
            """Ring hash of ConsistentHashLB."""

            minimum_ring_size: int | None = None
            """Smallest number of points on the ring; more spread keys better. Not set: 1024. At least
            0.
            """

        class MagLev(Message, frozen=True, kw_only=True):
            """Mag lev of ConsistentHashLB."""

            table_size: int | None = None
            """Size of the table, a prime number up to 5000011. Not set: 65537. At least 0."""

        class HTTPCookie(Message, frozen=True, kw_only=True):
            """The cookie that has the key."""

            class Attribute(Message, frozen=True, kw_only=True):
                """Attribute of HTTPCookie."""

                name: str | None = None
                """Name: text. Required."""
                value: str | None = None
                """Value: text."""

            name: str | None = None
            """Name of the cookie. Required."""
            path: str | None = None
            """Path that the cookie is for, when it is made here."""
            ttl: DurationValue | None = None
            """How long a cookie made here lives. 0: as long as the browser; not set: none is made."""
            attributes: tuple[LoadBalancerSettings.ConsistentHashLB.HTTPCookie.Attribute, ...] = ()
            """Attributes: list of Attribute."""

        http_header_name: str | None = None
        """Header that has the key. Set one at most of httpHeaderName, httpCookie, useSourceIp,
        httpQueryParameterName.
        """
        http_cookie: LoadBalancerSettings.ConsistentHashLB.HTTPCookie | None = None
        """Cookie that has the key; made when the client has none and ttl is set. Set one at most of
        httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName.
        """
        use_source_ip: bool | None = None
        """Whether the client's address is the key. Set one at most of httpHeaderName, httpCookie,
        useSourceIp, httpQueryParameterName.
        """
        http_query_parameter_name: str | None = None
        """Query parameter that has the key. Set one at most of httpHeaderName, httpCookie,
        useSourceIp, httpQueryParameterName.
        """
        ring_hash: LoadBalancerSettings.ConsistentHashLB.RingHash | None = None
        """Ring hash; the choice when none is made. Set one at most of ringHash, maglev."""
        maglev: LoadBalancerSettings.ConsistentHashLB.MagLev | None = None
        """Maglev: more even than ring hash, more keys move when hosts change. Set one at most of
        ringHash, maglev.
        """
        minimum_ring_size: int | None = None
        """Smallest number of points on the ring; ring_hash replaces it. At least 0. Deprecated."""

    simple: LoadBalancerSettings.SimpleLB | None = None
    """A policy without settings. Not set: LEAST_REQUEST. Set one at most of simple, consistentHash."""
    consistent_hash: LoadBalancerSettings.ConsistentHashLB | None = None
    """The same key goes to the same host. Set one at most of simple, consistentHash."""
    locality_lb_setting: LocalityLoadBalancerSetting | None = None
    """Preference by region, zone and subzone; needs outlier detection to notice failures."""
    zone_aware_lb_setting: ZoneAwareLoadBalancerSetting | None = None
    """Zone aware LB setting: ZoneAwareLoadBalancerSetting."""
    warmup_duration_secs: DurationValue | None = None
    """How long a new host gets fewer requests; warmup replaces it. At least 1 ms."""
    warmup: WarmupConfiguration | None = None
    """How a new host gets more requests step by step."""


class WarmupConfiguration(Message, frozen=True, kw_only=True):
    """How a new host gets more requests step by step."""

    duration: DurationValue | None = None
    """How long until it gets its full share. Required. At least 1 ms."""
    minimum_percent: float | None = None
    """Share it starts with, in percent of its full one. Not set: 10. 0 to 100."""
    aggression: float | None = None
    """Curve of the growth: 1 is a straight line, more is faster at the start. Not set: 1. At least 0."""


class ConnectionPoolSettings(Message, frozen=True, kw_only=True):
    """How much may be open at once from one client proxy; what is more is refused with 503 at once."""

    class TCPSettings(Message, frozen=True, kw_only=True):
        """Limits on connections."""

        class TcpKeepalive(Message, frozen=True, kw_only=True):
            """TCP keepalive of TCPSettings."""

            probes: int | None = None
            """Probes without an answer before the connection counts as dead. Not set: the system's
            (9).
            """
            time: DurationValue | None = None
            """How long a connection is silent before the first probe. Not set: the system's (2 h). At
            least 1 ms.
            """
            interval: DurationValue | None = None
            """Time between probes. Not set: the system's (75 s). At least 1 ms."""

        max_connections: int | None = None
        """Most connections for HTTP/1.1 and TCP. Not set: 2**32 - 1."""
        connect_timeout: DurationValue | None = None
        """Longest time for connecting. Not set: 10 s. At least 1 ms."""
        tcp_keepalive: ConnectionPoolSettings.TCPSettings.TcpKeepalive | None = None
        """When silent connections are probed."""
        max_connection_duration: DurationValue | None = None
        """Longest life of a connection. Not set: no limit. At least 1 ms."""
        idle_timeout: DurationValue | None = None
        """How long a silent TCP connection stays. Not set: 1 h; 0 s: for ever."""

    class HTTPSettings(Message, frozen=True, kw_only=True):
        """Limits on HTTP requests."""

        class H2UpgradePolicy(Enum):
            """H2 upgrade policy of HTTPSettings."""

            DEFAULT = "DEFAULT"
            DO_NOT_UPGRADE = "DO_NOT_UPGRADE"
            UPGRADE = "UPGRADE"

        class ConnectionKeepalive(Message, frozen=True, kw_only=True):
            """Connection keepalive of HTTPSettings."""

            interval: DurationValue | None = None
            """Interval: a length of time. At least 1 ms."""
            timeout: DurationValue | None = None
            """Timeout: a length of time. At least 1 ms."""

        http1_max_pending_requests: int | None = None
        """Most requests that wait for a connection. Not set: 2**32 - 1."""
        http2_max_requests: int | None = None
        """Most requests under way, in HTTP/1.1 too. Not set: 2**32 - 1."""
        max_requests_per_connection: int | None = None
        """Requests after which a connection is closed; 1 switches keep-alive off. Not set: no limit."""
        max_retries: int | None = None
        """Most retries under way to all hosts. Not set: 2**32 - 1."""
        idle_timeout: DurationValue | None = None
        """How long a connection without requests stays. Not set: 1 h. At least 1 ms."""
        h2_upgrade_policy: ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy | None = None
        """Whether HTTP/1.1 is upgraded to HTTP/2."""
        use_client_protocol: bool | None = None
        """Whether the protocol of the client's connection is kept."""
        max_concurrent_streams: int | None = None
        """Most streams on one HTTP/2 connection. Not set: 2**31 - 1."""
        http2_keep_alive: ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive | None = None
        """HTTP/2 pings on silent connections."""

    tcp: ConnectionPoolSettings.TCPSettings | None = None
    """Limits on connections."""
    http: ConnectionPoolSettings.HTTPSettings | None = None
    """Limits on HTTP requests."""


class OutlierDetection(Message, frozen=True, kw_only=True):
    """When a host is ejected, for how long, and how many may be at once: the circuit breaker of each
    client proxy.
    """

    consecutive_errors: int | None = None
    """Errors in a row; consecutive_gateway_errors and consecutive_5xx_errors replace it. Deprecated."""
    split_external_local_origin_errors: bool | None = None
    """Whether failures to connect are counted apart from responses of the host."""
    consecutive_local_origin_failures: int | None = None
    """Failures to connect in a row that eject; needs the split. Not set: 5."""
    consecutive_gateway_errors: int | None = None
    """502, 503 and 504 in a row that eject; more than consecutive_5xx_errors has no effect. 0 or not
    set: off.
    """
    consecutive_5xx_errors: int | None = field(default=None, name="consecutive5xxErrors")
    """5xx in a row that eject, gateway errors included. 0 switches it off; not set: 5."""
    interval: DurationValue | None = None
    """Time between sweeps in which hosts come back. Not set: 10 s. At least 1 ms."""
    base_ejection_time: DurationValue | None = None
    """Length of the first ejection; the n-th takes n times as long. Not set: 30 s. At least 1 ms."""
    max_ejection_percent: int | None = None
    """Most hosts that may be out at once, in percent. Not set: 10."""
    min_health_percent: int | None = None
    """Share of healthy hosts, in percent, below which all are used again. Not set: 0, never."""
    outlier_detection_http_error_codes: tuple[int, ...] = ()
    """Outlier detection HTTP error codes: list of a whole number."""


class ClientTLSSettings(Message, frozen=True, kw_only=True):
    """How a client proxy connects to the host."""

    class TLSmode(Enum):
        """Tl smode of ClientTLSSettings."""

        DISABLE = "DISABLE"
        SIMPLE = "SIMPLE"
        MUTUAL = "MUTUAL"
        ISTIO_MUTUAL = "ISTIO_MUTUAL"

    mode: ClientTLSSettings.TLSmode | None = None
    """DISABLE: plain; SIMPLE: TLS; MUTUAL: TLS with a client certificate given here; ISTIO_MUTUAL:
    with the mesh's own.
    """
    client_certificate: str | None = None
    """File with the client certificate; MUTUAL only."""
    private_key: str | None = None
    """File with the client's private key; MUTUAL only."""
    ca_certificates: str | None = None
    """File with the authorities that the server's certificate is checked against. Not set: the
    system's.
    """
    credential_name: str | None = None
    """Secret with certificate, key and authorities, instead of files; needs a workload selector, or a
    gateway.
    """
    subject_alt_names: tuple[str, ...] = ()
    """Names of which the server's certificate must have one."""
    sni: str | None = None
    """Name to ask for in the TLS handshake."""
    insecure_skip_verify: bool | None = None
    """Whether the server's certificate goes unchecked."""
    ca_crl: str | None = None
    """CA CRL: text."""


class LocalityLoadBalancerSetting(Message, frozen=True, kw_only=True):
    """Which localities are used; set one of distribute, failover, failover_priority."""

    class Distribute(Message, frozen=True, kw_only=True):
        """Distribute of LocalityLoadBalancerSetting."""

        from_: str | None = None
        """From: text."""
        to: Mapping[str, int] = {}
        """To: a whole number by name."""

    class Failover(Message, frozen=True, kw_only=True):
        """Failover of LocalityLoadBalancerSetting."""

        from_: str | None = None
        """From: text."""
        to: str | None = None
        """To: text."""

    distribute: tuple[LocalityLoadBalancerSetting.Distribute, ...] = ()
    """Shares by locality, in percent, for clients of each locality."""
    failover: tuple[LocalityLoadBalancerSetting.Failover, ...] = ()
    """Region that takes over when the local one fails."""
    failover_priority: tuple[str, ...] = ()
    """Labels, or label=value, by which hosts like the client come first."""
    enabled: bool | None = None
    """Whether locality counts at all; not set: as the mesh says."""


class ZoneAwareLoadBalancerSetting(Message, frozen=True, kw_only=True):
    """Zone aware load balancer setting."""

    class Failover(Message, frozen=True, kw_only=True):
        """Failover of ZoneAwareLoadBalancerSetting."""

        from_: str | None = None
        """From: text."""
        to: str | None = None
        """To: text."""

    enabled: bool | None = None
    """Enabled: true or false."""
    failover: tuple[ZoneAwareLoadBalancerSetting.Failover, ...] = ()
    """Failover: list of Failover."""
    failover_priority: tuple[str, ...] = ()
    """Failover priority: list of text."""
    min_cluster_size: int | None = None
    """Min cluster size: a whole number. 1 to 4294967295."""
