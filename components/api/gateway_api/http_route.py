# Written by `python -m generate.api` (sigs.k8s.io/gateway-api v1.6.0); do not edit.
"""The messages of the Gateway API's apis/v1/httproute_types.go as frozen typed values."""

from __future__ import annotations

from enum import Enum

from components.api.gateway_api.object_reference import BackendObjectReference, LocalObjectReference
from components.api.gateway_api.shared import Fraction, GatewayDefaultScope, ParentReference, SessionPersistence
from components.api.message import Message

__all__ = [
    "ForwardBodyConfig",
    "GRPCAuthConfig",
    "HTTPAuthConfig",
    "HTTPBackendRef",
    "HTTPCORSFilter",
    "HTTPExternalAuthFilter",
    "HTTPHeader",
    "HTTPHeaderFilter",
    "HTTPHeaderMatch",
    "HTTPMethod",
    "HTTPPathMatch",
    "HTTPPathModifier",
    "HTTPPathModifierType",
    "HTTPQueryParamMatch",
    "HTTPRequestMirrorFilter",
    "HTTPRequestRedirectFilter",
    "HTTPRouteExternalAuthProtocol",
    "HTTPRouteFilter",
    "HTTPRouteFilterType",
    "HTTPRouteMatch",
    "HTTPRouteRetry",
    "HTTPRouteRule",
    "HTTPRouteSpec",
    "HTTPRouteTimeouts",
    "HTTPURLRewriteFilter",
    "HeaderMatchType",
    "PathMatchType",
    "QueryParamMatchType",
]


class HTTPMethod(Enum):
    """HTTP method."""

    GET = "GET"
    HEAD = "HEAD"
    POST = "POST"
    PUT = "PUT"
    DELETE = "DELETE"
    CONNECT = "CONNECT"
    OPTIONS = "OPTIONS"
    TRACE = "TRACE"
    PATCH = "PATCH"


class HTTPPathModifierType(Enum):
    """HTTP path modifier type."""

    ReplaceFullPath = "ReplaceFullPath"
    ReplacePrefixMatch = "ReplacePrefixMatch"


class HTTPRouteExternalAuthProtocol(Enum):
    """HTTP route external auth protocol."""

    GRPC = "GRPC"
    HTTP = "HTTP"


class HTTPRouteFilterType(Enum):
    """HTTP route filter type."""

    RequestHeaderModifier = "RequestHeaderModifier"
    ResponseHeaderModifier = "ResponseHeaderModifier"
    RequestRedirect = "RequestRedirect"
    URLRewrite = "URLRewrite"
    RequestMirror = "RequestMirror"
    CORS = "CORS"
    ExternalAuth = "ExternalAuth"
    ExtensionRef = "ExtensionRef"


class HeaderMatchType(Enum):
    """Header match type."""

    Exact = "Exact"
    RegularExpression = "RegularExpression"


class PathMatchType(Enum):
    """Path match type."""

    Exact = "Exact"
    PathPrefix = "PathPrefix"
    RegularExpression = "RegularExpression"


class QueryParamMatchType(Enum):
    """Query param match type."""

    Exact = "Exact"
    RegularExpression = "RegularExpression"


class HTTPRouteSpec(Message, frozen=True, kw_only=True):
    """How HTTP requests to some hosts are routed."""

    parent_refs: tuple[ParentReference, ...] = ()
    """Gateways, or Services, that the route attaches to. At most 32 items."""
    use_default_gateways: GatewayDefaultScope | None = None
    """Use default gateways: GatewayDefaultScope. Experimental channel only."""
    hostnames: tuple[str, ...] = ()
    """Hosts, with * as the first label or in full. Not set: those of the listeners. At most 16 items."""
    rules: tuple[HTTPRouteRule, ...] = ()
    """The rules; the most specific match wins, whatever the order. 1 to 16 items."""


class HTTPRouteRule(Message, frozen=True, kw_only=True):
    """What happens to requests that match."""

    name: str | None = None
    """Name of the rule; unique in the route. 1 to 253 characters."""
    matches: tuple[HTTPRouteMatch, ...] = ()
    """Conditions of which one must hold. Not set: every path. At most 64 items."""
    filters: tuple[HTTPRouteFilter, ...] = ()
    """Changes to request and response, redirects, mirrors. At most 16 items."""
    backend_refs: tuple[HTTPBackendRef, ...] = ()
    """Where requests go, by weight. None, and no redirect: 500. At most 16 items."""
    timeouts: HTTPRouteTimeouts | None = None
    """Longest times for the request and for one try."""
    retry: HTTPRouteRetry | None = None
    """Which failures are tried again, how often and after what wait. Experimental channel only."""
    session_persistence: SessionPersistence | None = None
    """Whether a session stays with one backend. Experimental channel only."""


class HTTPRouteTimeouts(Message, frozen=True, kw_only=True):
    """Longest times, in Go's form such as 10s or 500ms; 0s is no limit."""

    request: str | None = None
    """Longest time for the whole request, retries included."""
    backend_request: str | None = None
    """Longest time for one try; at most that of request."""


class HTTPRouteRetry(Message, frozen=True, kw_only=True):
    """HTTP route retry."""

    codes: tuple[int, ...] = ()
    """Codes: list of a whole number."""
    attempts: int | None = None
    """Attempts: a whole number. At least 1."""
    backoff: str | None = None
    """Backoff: text."""


class HTTPPathMatch(Message, frozen=True, kw_only=True):
    """A condition on the path."""

    type: PathMatchType | None = None
    """PathPrefix compares whole segments: /a matches /a/b but not /ab. Not set: PathPrefix."""
    value: str | None = None
    """Path, prefix or regular expression. At most 1024 characters. Not set: /."""


class HTTPHeaderMatch(Message, frozen=True, kw_only=True):
    """HTTP header match."""

    type: HeaderMatchType | None = None
    """Type: HeaderMatchType. Not set: Exact."""
    name: str | None = None
    """Name: text. Required. 1 to 256 characters."""
    value: str | None = None
    """Value: text. Required. 1 to 4096 characters."""


class HTTPQueryParamMatch(Message, frozen=True, kw_only=True):
    """HTTP query param match."""

    type: QueryParamMatchType | None = None
    """Type: QueryParamMatchType. Not set: Exact."""
    name: str | None = None
    """Name: text. Required. 1 to 256 characters."""
    value: str | None = None
    """Value: text. Required. 1 to 1024 characters."""


class HTTPRouteMatch(Message, frozen=True, kw_only=True):
    """Conditions on a request that must all hold."""

    path: HTTPPathMatch | None = None
    """Condition on the path."""
    headers: tuple[HTTPHeaderMatch, ...] = ()
    """Conditions on headers. At most 16 items."""
    query_params: tuple[HTTPQueryParamMatch, ...] = ()
    """Conditions on query parameters. At most 16 items."""
    method: HTTPMethod | None = None
    """Method, such as GET."""


class HTTPRouteFilter(Message, frozen=True, kw_only=True):
    """HTTP route filter."""

    type: HTTPRouteFilterType | None = None
    """Type: HTTPRouteFilterType. Required."""
    request_header_modifier: HTTPHeaderFilter | None = None
    """Request header modifier: HTTPHeaderFilter."""
    response_header_modifier: HTTPHeaderFilter | None = None
    """Response header modifier: HTTPHeaderFilter."""
    request_mirror: HTTPRequestMirrorFilter | None = None
    """Request mirror: HTTPRequestMirrorFilter."""
    request_redirect: HTTPRequestRedirectFilter | None = None
    """Request redirect: HTTPRequestRedirectFilter."""
    url_rewrite: HTTPURLRewriteFilter | None = None
    """URL rewrite: HTTPURLRewriteFilter."""
    cors: HTTPCORSFilter | None = None
    """CORS: HTTPCORSFilter."""
    external_auth: HTTPExternalAuthFilter | None = None
    """External auth: HTTPExternalAuthFilter. Experimental channel only."""
    extension_ref: LocalObjectReference | None = None
    """Extension ref: LocalObjectReference."""


class HTTPHeader(Message, frozen=True, kw_only=True):
    """HTTP header."""

    name: str | None = None
    """Name: text. Required. 1 to 256 characters."""
    value: str | None = None
    """Value: text. Required. 1 to 4096 characters."""


class HTTPHeaderFilter(Message, frozen=True, kw_only=True):
    """HTTP header filter."""

    set: tuple[HTTPHeader, ...] = ()
    """Set: list of HTTPHeader. At most 16 items."""
    add: tuple[HTTPHeader, ...] = ()
    """Add: list of HTTPHeader. At most 16 items."""
    remove: tuple[str, ...] = ()
    """Remove: list of text. At most 16 items."""


class HTTPPathModifier(Message, frozen=True, kw_only=True):
    """HTTP path modifier."""

    type: HTTPPathModifierType | None = None
    """Type: HTTPPathModifierType. Required."""
    replace_full_path: str | None = None
    """Replace full path: text. At most 1024 characters."""
    replace_prefix_match: str | None = None
    """Replace prefix match: text. At most 1024 characters."""


class HTTPRequestRedirectFilter(Message, frozen=True, kw_only=True):
    """HTTP request redirect filter."""

    scheme: str | None = None
    """Scheme: text. One of http, https."""
    hostname: str | None = None
    """Hostname: text. 1 to 253 characters."""
    path: HTTPPathModifier | None = None
    """Path: HTTPPathModifier."""
    port: int | None = None
    """Port: a whole number. 1 to 65535."""
    status_code: int | None = None
    """Status code: a whole number. One of 301, 302, 303, 307, 308. Not set: 302."""


class HTTPURLRewriteFilter(Message, frozen=True, kw_only=True):
    """Httpurl rewrite filter."""

    hostname: str | None = None
    """Hostname: text. 1 to 253 characters."""
    path: HTTPPathModifier | None = None
    """Path: HTTPPathModifier."""


class HTTPRequestMirrorFilter(Message, frozen=True, kw_only=True):
    """HTTP request mirror filter."""

    backend_ref: BackendObjectReference | None = None
    """Backend ref: BackendObjectReference. Required."""
    percent: int | None = None
    """Percent: a whole number. 0 to 100."""
    fraction: Fraction | None = None
    """Fraction: Fraction."""


class HTTPCORSFilter(Message, frozen=True, kw_only=True):
    """Httpcors filter."""

    allow_origins: tuple[str, ...] = ()
    """Allow origins: list of text. At most 64 items."""
    allow_credentials: bool | None = None
    """Allow credentials: true or false."""
    allow_methods: tuple[str, ...] = ()
    """Allow methods: list of text. One of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE,
    PATCH, *. At most 9 items.
    """
    allow_headers: tuple[str, ...] = ()
    """Allow headers: list of text. At most 64 items."""
    expose_headers: tuple[str, ...] = ()
    """Expose headers: list of text. At most 64 items."""
    max_age: int | None = None
    """Max age: a whole number. At least 1. Not set: 5."""


class HTTPExternalAuthFilter(Message, frozen=True, kw_only=True):
    """HTTP external auth filter."""

    protocol: HTTPRouteExternalAuthProtocol | None = None
    """Protocol: HTTPRouteExternalAuthProtocol. Required."""
    backend_ref: BackendObjectReference | None = None
    """Backend ref: BackendObjectReference. Required."""
    grpc: GRPCAuthConfig | None = None
    """GRPC: GRPCAuthConfig."""
    http: HTTPAuthConfig | None = None
    """HTTP: HTTPAuthConfig."""
    forward_body: ForwardBodyConfig | None = None
    """Forward body: ForwardBodyConfig."""


class GRPCAuthConfig(Message, frozen=True, kw_only=True):
    """GRPC auth config."""

    allowed_headers: tuple[str, ...] = ()
    """Allowed headers: list of text. At most 64 items."""


class HTTPAuthConfig(Message, frozen=True, kw_only=True):
    """HTTP auth config."""

    path: str | None = None
    """Path: text. At most 1024 characters."""
    allowed_headers: tuple[str, ...] = ()
    """Allowed headers: list of text. At most 64 items."""
    allowed_response_headers: tuple[str, ...] = ()
    """Allowed response headers: list of text. At most 64 items."""


class ForwardBodyConfig(Message, frozen=True, kw_only=True):
    """Forward body config."""

    max_size: int | None = None
    """Max size: a whole number."""


class HTTPBackendRef(Message, frozen=True, kw_only=True):
    """A backend and its share."""

    group: str | None = None
    """Group: text. At most 253 characters. Not set: ."""
    kind: str | None = None
    """Kind: text. 1 to 63 characters. Not set: Service."""
    name: str | None = None
    """Name of the backend. Required. 1 to 253 characters."""
    namespace: str | None = None
    """Namespace of the backend; another than the route's needs a ReferenceGrant there. Not set: that
    of the route. 1 to 63 characters.
    """
    port: int | None = None
    """Port of the Service; required for a Service. 1 to 65535."""
    weight: int | None = None
    """Share of requests, as a part of the sum of all weights; 0 gets none. 0 to 1000000. Not set: 1."""
    filters: tuple[HTTPRouteFilter, ...] = ()
    """Changes for this backend only. At most 16 items."""
