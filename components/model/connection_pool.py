"""What one proxy keeps open towards a destination, and for how long."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from enum import Enum

from components.model.quantities import MILLISECOND, require_at_least, require_between

COUNTS = (
    "max_connections",
    "http1_max_pending_requests",
    "http2_max_requests",
    "max_requests_per_connection",
    "max_retries",
    "max_concurrent_streams",
)
TIMES = ("connect_timeout", "max_connection_duration", "idle_timeout")
MOST = 2**31 - 1
"""The largest count that Istio's fields hold."""


class UpstreamProtocol(Enum):
    """Which HTTP the proxy speaks to the destination, whatever the port's own protocol says."""

    HTTP1 = "HTTP1"
    """Never upgraded (Istio's h2UpgradePolicy DO_NOT_UPGRADE)."""
    HTTP2 = "HTTP2"
    """HTTP/1.1 is upgraded to HTTP/2 (UPGRADE); the destination must speak HTTP/2 without being asked."""
    AS_CLIENT = "AS_CLIENT"
    """The protocol of the caller's own connection (useClientProtocol)."""


@dataclass(frozen=True, slots=True)
class TcpKeepalive:
    """Probes on silent connections: the first after `time`, the next every `interval`; `probes` unanswered end it.

    None: the system's (2 h, 75 s, 9). Raises `ValueError` for times that are not whole seconds, which is what the socket
    takes, or for nothing at all.
    """

    _: KW_ONLY
    time: timedelta | None = None
    interval: timedelta | None = None
    probes: int | None = None

    def __post_init__(self) -> None:
        if self.time is None and self.interval is None and self.probes is None:
            raise ValueError("the TCP keepalive changes nothing; give it time, interval or probes, or leave it out")
        require_between("the keepalive's probes", self.probes, least=1, most=MOST)
        for what, given in (("time", self.time), ("interval", self.interval)):
            if given is not None and (given < timedelta(seconds=1) or given % timedelta(seconds=1)):
                raise ValueError(
                    f"the keepalive's {what} is {given.total_seconds():g} s; the socket takes whole seconds, 1 or more. "
                    "Round it up"
                )


@dataclass(frozen=True, slots=True)
class Http2Keepalive:
    """HTTP/2 pings every `interval` on a connection; one that is not answered within `timeout` ends it.

    Raises `ValueError` for times under a millisecond.
    """

    _: KW_ONLY
    interval: timedelta
    timeout: timedelta

    def __post_init__(self) -> None:
        require_at_least(MILLISECOND, "the interval of the HTTP/2 pings", self.interval)
        require_at_least(MILLISECOND, "the timeout of an HTTP/2 ping", self.timeout)


@dataclass(frozen=True, slots=True)
class ConnectionPool:
    """Limits of one proxy towards one destination; what is over them is answered 503 at once. None: Envoy's default.

    `max_connections` counts connections of HTTP/1.1 and TCP, `http1_max_pending_requests` those that wait for one,
    `http2_max_requests` the requests under way in HTTP/1.1 too, `max_retries` the retries under way, each 2^32-1 when
    None. A connection is closed after `max_requests_per_connection` requests (1: no keep-alive), after
    `max_connection_duration`, or `idle_timeout` without a request (None: 1 h); one of plain TCP after `tcp_idle_timeout`
    of silence (zero: never). `max_concurrent_streams` is for one HTTP/2 connection.

    Raises `ValueError` for a limit below 1 or over 2^31-1, a time under a millisecond, or for none at all.
    """

    _: KW_ONLY
    max_connections: int | None = None
    connect_timeout: timedelta | None = None
    http1_max_pending_requests: int | None = None
    http2_max_requests: int | None = None
    max_requests_per_connection: int | None = None
    max_retries: int | None = None
    max_concurrent_streams: int | None = None
    max_connection_duration: timedelta | None = None
    idle_timeout: timedelta | None = None
    tcp_idle_timeout: timedelta | None = None
    tcp_keepalive: TcpKeepalive | None = None
    http2_keepalive: Http2Keepalive | None = None
    upstream_protocol: UpstreamProtocol | None = None

    def __post_init__(self) -> None:
        if all(getattr(self, name) is None for name in self.__slots__):
            raise ValueError("the connection pool limits nothing; give at least one limit, or leave the pool out")
        for name in COUNTS:
            require_between(name, getattr(self, name), least=1, most=MOST)
        for name in TIMES:
            if getattr(self, name) is not None:
                require_at_least(MILLISECOND, f"the {name}", getattr(self, name))
        if self.tcp_idle_timeout:
            require_at_least(MILLISECOND, "the tcp_idle_timeout", self.tcp_idle_timeout)
