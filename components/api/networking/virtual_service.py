# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/virtual_service.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.duration import DurationValue
from components.api.message import Message

__all__ = [
    "CorsPolicy",
    "Delegate",
    "Destination",
    "HTTPBody",
    "HTTPDirectResponse",
    "HTTPFaultInjection",
    "HTTPMatchRequest",
    "HTTPMirrorPolicy",
    "HTTPRedirect",
    "HTTPRetry",
    "HTTPRewrite",
    "HTTPRoute",
    "HTTPRouteDestination",
    "Headers",
    "L4MatchAttributes",
    "Percent",
    "PortSelector",
    "RegexRewrite",
    "RouteDestination",
    "StringMatch",
    "TCPRoute",
    "TLSMatchAttributes",
    "TLSRoute",
    "VirtualService",
]


class VirtualService(Message, frozen=True, kw_only=True):
    """How requests to some hosts are routed; one per host, or proxies merge several in an order nobody
    promises.
    """

    hosts: tuple[str, ...] = ()
    """Hosts that the routes are for: DNS names, with * as the first label, or IP addresses. Empty only
    in a delegate.
    """
    gateways: tuple[str, ...] = ()
    """Gateways that apply the routes, as namespace/name; the word mesh stands for all sidecars. Not
    set: mesh only.
    """
    http: tuple[HTTPRoute, ...] = ()
    """Routes for HTTP, HTTP/2 and gRPC; the first that matches wins."""
    tls: tuple[TLSRoute, ...] = ()
    """Routes for TLS that is passed through, told apart by SNI; the first that matches wins."""
    tcp: tuple[TCPRoute, ...] = ()
    """Routes for other TCP; the first that matches wins."""
    export_to: tuple[str, ...] = ()
    """Namespaces that see the routes: names, `.` for the own, `*` for all. Not set: the mesh's
    default, which is all.
    """


class Destination(Message, frozen=True, kw_only=True):
    """A service, or one version of it, that requests go to."""

    host: str | None = None
    """Name in the service registry; a short name is completed with the namespace of the rule, not of
    the service. Required.
    """
    subset: str | None = None
    """Subset that a destination rule for the same host defines."""
    port: PortSelector | None = None
    """Port of the service; may be left out when the service has one port."""


class HTTPRoute(Message, frozen=True, kw_only=True):
    """What happens to HTTP requests that match: forwarded, redirected, answered here, delayed,
    aborted, copied.
    """

    name: str | None = None
    """Name of the route, for access logs and metrics."""
    match: tuple[HTTPMatchRequest, ...] = ()
    """Conditions of which one must hold; none: every request."""
    route: tuple[HTTPRouteDestination, ...] = ()
    """Where requests go; with several destinations, by weight."""
    redirect: HTTPRedirect | None = None
    """Answer with a redirect; excludes route and direct_response."""
    direct_response: HTTPDirectResponse | None = None
    """Answer with a fixed response; excludes route and redirect."""
    delegate: Delegate | None = None
    """Virtual service that has the routes for what matches here; only where route and redirect are not
    set.
    """
    rewrite: HTTPRewrite | None = None
    """What to change in path and authority before forwarding; excludes redirect."""
    timeout: DurationValue | None = None
    """Longest time for the whole response, retries included. Not set: no limit. At least 1 ms."""
    retries: HTTPRetry | None = None
    """How failed requests are tried again. Not set: the mesh's default, 2 retries of requests that
    never reached a host.
    """
    fault: HTTPFaultInjection | None = None
    """Delays and errors to inject, at the client's side, before the request is sent."""
    mirror: Destination | None = None
    """Destination that gets a copy of each request; its responses are thrown away."""
    mirrors: tuple[HTTPMirrorPolicy, ...] = ()
    """Destinations that get copies, each with a share of its own."""
    mirror_percent: int | None = None
    """Share of requests that is mirrored, in percent; mirror_percentage replaces it. Deprecated."""
    mirror_percentage: Percent | None = None
    """Share of requests that is mirrored. Not set: all."""
    cors_policy: CorsPolicy | None = None
    """Cross-origin requests that browsers may make."""
    headers: Headers | None = None
    """Headers to add, set and remove for all destinations of the route."""


class Delegate(Message, frozen=True, kw_only=True):
    """The virtual service, without hosts, that routes are taken from."""

    name: str | None = None
    """Name of the virtual service."""
    namespace: str | None = None
    """Its namespace; not set: that of the one that delegates."""


class Headers(Message, frozen=True, kw_only=True):
    """Changes to headers, by direction."""

    class HeaderOperations(Message, frozen=True, kw_only=True):
        """Changes to headers by name."""

        set: Mapping[str, str] = {}
        """Headers to give this value, whatever they had."""
        add: Mapping[str, str] = {}
        """Headers to append this value to."""
        remove: tuple[str, ...] = ()
        """Headers to remove."""

    request: Headers.HeaderOperations | None = None
    """Changes before the request is forwarded."""
    response: Headers.HeaderOperations | None = None
    """Changes before the response is returned."""


class TLSRoute(Message, frozen=True, kw_only=True):
    """Where TLS connections go that are not terminated here."""

    match: tuple[TLSMatchAttributes, ...] = ()
    """Conditions of which one must hold. Required."""
    route: tuple[RouteDestination, ...] = ()
    """Where the connections go."""


class TCPRoute(Message, frozen=True, kw_only=True):
    """Where TCP connections go."""

    match: tuple[L4MatchAttributes, ...] = ()
    """Conditions of which one must hold; none: every connection."""
    route: tuple[RouteDestination, ...] = ()
    """Where the connections go."""


class HTTPMatchRequest(Message, frozen=True, kw_only=True):
    """Conditions on an HTTP request that must all hold."""

    name: str | None = None
    """Name of the condition; appended to the name of the route in logs and metrics."""
    uri: StringMatch | None = None
    """Path with its query string left out; case counts unless ignore_uri_case."""
    scheme: StringMatch | None = None
    """Scheme, http or https; case counts."""
    method: StringMatch | None = None
    """Method, such as GET; case counts."""
    authority: StringMatch | None = None
    """Host and port as the client sent them; case counts."""
    headers: Mapping[str, StringMatch] = {}
    """Headers by name in lower case; an empty condition asks only that the header is there."""
    port: int | None = None
    """Port that the client asked for on the service or gateway."""
    source_labels: Mapping[str, str] = {}
    """Labels that the client's workload must have; with gateways, only where mesh is one of them."""
    gateways: tuple[str, ...] = ()
    """Gateways for which this condition holds; replaces the list of the virtual service."""
    query_params: Mapping[str, StringMatch] = {}
    """Query parameters by name."""
    ignore_uri_case: bool | None = None
    """Whether upper and lower case are the same in uri; has no effect on a regex."""
    without_headers: Mapping[str, StringMatch] = {}
    """Headers that must not be there, or not with this value."""
    source_namespace: str | None = None
    """Namespace that the client's workload must be in."""
    stat_prefix: str | None = None
    """Start of the names of Envoy's metrics for this route."""


class HTTPRouteDestination(Message, frozen=True, kw_only=True):
    """One destination of a route and its share."""

    destination: Destination | None = None
    """Service, or version of it, that gets the share. Required."""
    weight: int | None = None
    """Share of requests, as a part of the sum of all weights. 0 gets none; a single destination gets
    all.
    """
    headers: Headers | None = None
    """Headers to add, set and remove for this destination only."""


class RouteDestination(Message, frozen=True, kw_only=True):
    """One destination of a TCP or TLS route and its share."""

    destination: Destination | None = None
    """Service, or version of it, that gets the share. Required."""
    weight: int | None = None
    """Share of connections, as a part of the sum of all weights."""


class L4MatchAttributes(Message, frozen=True, kw_only=True):
    """Conditions on a TCP connection that must all hold."""

    destination_subnets: tuple[str, ...] = ()
    """Addresses of the destination, as a.b.c.d/xx or a.b.c.d."""
    port: int | None = None
    """Port that the client asked for."""
    source_subnet: str | None = None
    """Source subnet: text."""
    source_labels: Mapping[str, str] = {}
    """Labels that the client's workload must have."""
    gateways: tuple[str, ...] = ()
    """Gateways for which this condition holds; replaces the list of the virtual service."""
    source_namespace: str | None = None
    """Namespace that the client's workload must be in."""


class TLSMatchAttributes(Message, frozen=True, kw_only=True):
    """Conditions on a TLS connection that must all hold."""

    sni_hosts: tuple[str, ...] = ()
    """Names asked for in the TLS handshake; each must be among the hosts of the virtual service, or
    below its wildcard. Required.
    """
    destination_subnets: tuple[str, ...] = ()
    """Addresses of the destination, as a.b.c.d/xx or a.b.c.d."""
    port: int | None = None
    """Port that the client asked for."""
    source_labels: Mapping[str, str] = {}
    """Labels that the client's workload must have."""
    gateways: tuple[str, ...] = ()
    """Gateways for which this condition holds; replaces the list of the virtual service."""
    source_namespace: str | None = None
    """Namespace that the client's workload must be in."""


class HTTPRedirect(Message, frozen=True, kw_only=True):
    """A redirect that the proxy answers with."""

    class RedirectPortSelection(Enum):
        """Redirect port selection of HTTPRedirect."""

        FROM_PROTOCOL_DEFAULT = "FROM_PROTOCOL_DEFAULT"
        FROM_REQUEST_PORT = "FROM_REQUEST_PORT"

    uri: str | None = None
    """Path of the new location; the whole path is replaced."""
    authority: str | None = None
    """Host of the new location; not set: that of the request."""
    port: int | None = None
    """Port of the new location. Set one at most of port, derivePort."""
    derive_port: HTTPRedirect.RedirectPortSelection | None = None
    """Where the port of the new location comes from when it is not given. Set one at most of port,
    derivePort.
    """
    scheme: str | None = None
    """http or https; not set: that of the request."""
    redirect_code: int | None = None
    """Status. Not set: 301."""
    prefix_rewrite: str | None = None
    """Prefix rewrite: text."""


class HTTPDirectResponse(Message, frozen=True, kw_only=True):
    """A response that the proxy gives itself."""

    status: int | None = None
    """HTTP status, 200 to 599. Required."""
    body: HTTPBody | None = None
    """Content of the response; not set: empty."""


class HTTPBody(Message, frozen=True, kw_only=True):
    """HTTP body."""

    string: str | None = None
    """The content as text. Set one at most of string, bytes."""
    bytes: str | None = None
    """The content as bytes, in base64. Set one at most of string, bytes."""


class HTTPRewrite(Message, frozen=True, kw_only=True):
    """Changes to a request before it is forwarded."""

    uri: str | None = None
    """New path; where the match was a prefix, only the prefix is replaced."""
    authority: str | None = None
    """New host."""
    uri_regex_rewrite: RegexRewrite | None = None
    """Change of the path by a regular expression."""


class RegexRewrite(Message, frozen=True, kw_only=True):
    """A replacement by a regular expression (RE2)."""

    match: str | None = None
    """What is replaced, wherever it is found in the path."""
    rewrite: str | None = None
    """What it is replaced with; \\1 and so on stand for groups."""


class StringMatch(Message, frozen=True, kw_only=True):
    """A condition on a text; case counts."""

    exact: str | None = None
    """The whole text. Set one at most of exact, prefix, regex."""
    prefix: str | None = None
    """The start of the text. Set one at most of exact, prefix, regex."""
    regex: str | None = None
    """A regular expression (RE2) for the whole text. Set one at most of exact, prefix, regex."""


class HTTPRetry(Message, frozen=True, kw_only=True):
    """How failed requests are tried again."""

    attempts: int | None = None
    """Most retries, besides the first try. 0: none."""
    per_try_timeout: DurationValue | None = None
    """Longest time for one try, the first included. Not set: the timeout of the route. At least 1 ms."""
    retry_on: str | None = None
    """Conditions, comma separated: Envoy's words (connect-failure, 5xx, reset ...) or HTTP statuses.
    Not set: the mesh's default.
    """
    retry_remote_localities: bool | None = None
    """Whether a retry may go to another locality."""
    retry_ignore_previous_hosts: bool | None = None
    """Whether a retry avoids hosts that were tried before. Not set: true."""
    backoff: DurationValue | None = None
    """Shortest wait between retries; it grows, with jitter. Not set: 25 ms. At least 1 ms."""


class CorsPolicy(Message, frozen=True, kw_only=True):
    """Cross-origin requests that browsers may make; the answer to a preflight is given by the proxy."""

    class UnmatchedPreflights(Enum):
        """Unmatched preflights of CorsPolicy."""

        UNSPECIFIED = "UNSPECIFIED"
        FORWARD = "FORWARD"
        IGNORE = "IGNORE"

    allow_origin: tuple[str, ...] = ()
    """Origins, exact; allow_origins replaces it. Deprecated."""
    allow_origins: tuple[StringMatch, ...] = ()
    """Origins that may ask; one match is enough."""
    allow_methods: tuple[str, ...] = ()
    """Methods that may be used."""
    allow_headers: tuple[str, ...] = ()
    """Request headers that may be sent."""
    expose_headers: tuple[str, ...] = ()
    """Response headers that scripts may read."""
    max_age: DurationValue | None = None
    """How long a browser may keep the answer to a preflight. At least 1 ms."""
    allow_credentials: bool | None = None
    """Whether cookies and the like may be sent."""
    unmatched_preflights: CorsPolicy.UnmatchedPreflights | None = None
    """What happens to a preflight from an origin that is not allowed."""


class HTTPFaultInjection(Message, frozen=True, kw_only=True):
    """Faults for a share of the requests; delay and abort are drawn independently."""

    class Delay(Message, frozen=True, kw_only=True):
        """A wait before a request is forwarded."""

        percent: int | None = None
        """Share of requests that waits, in percent; percentage replaces it. Deprecated."""
        fixed_delay: DurationValue | None = None
        """How long to wait; more than 1 ms. At least 1 ms. Set one at most of fixedDelay,
        exponentialDelay.
        """
        exponential_delay: DurationValue | None = None
        """Exponential delay: a length of time. At least 1 ms. Set one at most of fixedDelay,
        exponentialDelay.
        """
        percentage: Percent | None = None
        """Share of requests that waits. Not set: none."""

    class Abort(Message, frozen=True, kw_only=True):
        """An error that is answered with instead of forwarding."""

        http_status: int | None = None
        """HTTP status to answer with, 200 to 599. Set one at most of httpStatus, grpcStatus,
        http2Error.
        """
        grpc_status: str | None = None
        """gRPC status to answer with, such as UNAVAILABLE. Set one at most of httpStatus, grpcStatus,
        http2Error.
        """
        http2_error: str | None = None
        """Http2 error: text. Set one at most of httpStatus, grpcStatus, http2Error."""
        percentage: Percent | None = None
        """Share of requests that is aborted. Not set: none."""

    delay: HTTPFaultInjection.Delay | None = None
    """Wait before forwarding."""
    abort: HTTPFaultInjection.Abort | None = None
    """Answer with an error instead of forwarding."""


class HTTPMirrorPolicy(Message, frozen=True, kw_only=True):
    """A destination that gets copies of requests."""

    destination: Destination | None = None
    """Who gets the copies. Required."""
    percentage: Percent | None = None
    """Share of requests that is copied. Not set: all."""


class PortSelector(Message, frozen=True, kw_only=True):
    """A port by its number."""

    number: int | None = None
    """Port, 1 to 65535."""


class Percent(Message, frozen=True, kw_only=True):
    """A share in percent, 0 to 100; 0.1 is one in a thousand."""

    value: float | None = None
    """The share, in percent."""
