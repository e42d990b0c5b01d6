"""The words a person declares a mesh in: workloads, gateways, routes, faults, breakers.

Objects refer to objects, never to names, and a part that can never be right raises `ValueError` when it is made. Nothing
here knows a host name, a label or a YAML field: `components.manifests` turns objects into those. No input, no output, no
third-party import: `import components.model` must stay cheap, for it is in every preview.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from components.model.access import Access, Action, Custom, DenyByDefault, RequireJWT
    from components.model.answers import DirectResponse, Redirect, RedirectPort
    from components.model.balancing import (
        ConsistentHash,
        LeastRequest,
        LoadBalancer,
        Maglev,
        Passthrough,
        RandomChoice,
        RingHash,
        RoundRobin,
        WarmUp,
    )
    from components.model.callers import Callers, Claim
    from components.model.certificates import Certificate, GivenCertificate, IssuedCertificate, SecretCertificate
    from components.model.circuit_breaker import CircuitBreaker, OutlierDetection
    from components.model.conditions import Authority, Condition, Cookie, From, Method, Port, Query, Without
    from components.model.connection_pool import ConnectionPool, TcpKeepalive, UpstreamProtocol
    from components.model.connection_pool import Http2Keepalive as Http2Keepalive
    from components.model.cors import Cors, UnmatchedPreflights
    from components.model.external_services import ExternalPort, ExternalProtocol, ExternalService, Location, Resolution
    from components.model.faults import Abort, Delay, GrpcStatus
    from components.model.gateway import Gateway, GatewayHost
    from components.model.headers import HeaderOperations
    from components.model.identity import Identity, ServiceAccount
    from components.model.localities import Locality, LocalityDistribution, LocalityFailover, NoLocality
    from components.model.matching import Header, Path, PathPrefix, PathRegex
    from components.model.mesh import Mesh
    from components.model.metrics import Metric, MetricTags, NoMetric, Side
    from components.model.mirror import Mirror
    from components.model.mutual_tls import MutualTLS, MutualTLSRule
    from components.model.places import Namespace, WholeMesh
    from components.model.providers import Provider
    from components.model.quantities import Percent, milliseconds, minutes, seconds
    from components.model.request_authentication import ClaimHeader, Issuer, RequestAuthentication, TokenHeader
    from components.model.requests import PathTemplate, Requests
    from components.model.retries import NoRetry, Retry
    from components.model.rewriting import Rewrite
    from components.model.routing import Route, VirtualService
    from components.model.scope import Dependency, Export, OutboundTraffic
    from components.model.servers import (
        ClientCertificate,
        HTTPServer,
        HTTPSServer,
        RedirectToHTTPS,
        Server,
        TLSPassthrough,
        TLSVersion,
    )
    from components.model.split import Destination, Split
    from components.model.sticky_canary import StickyCanary
    from components.model.telemetry import (
        AccessLog,
        EnvironmentTag,
        HeaderTag,
        LiteralTag,
        NoAccessLog,
        NoTracing,
        Telemetry,
        Tracing,
    )
    from components.model.tls_origination import TLSOrigination
    from components.model.traffic_policy import PortPolicy, Subset, TrafficPolicy
    from components.model.workload import Resources, Version, Workload

MODULES = {
    "access": (
        "Access",
        "Action",
        "Custom",
        "DenyByDefault",
        "RequireJWT",
    ),
    "answers": (
        "DirectResponse",
        "Redirect",
        "RedirectPort",
    ),
    "balancing": (
        "ConsistentHash",
        "LeastRequest",
        "LoadBalancer",
        "Maglev",
        "Passthrough",
        "RandomChoice",
        "RingHash",
        "RoundRobin",
        "WarmUp",
    ),
    "callers": (
        "Callers",
        "Claim",
    ),
    "certificates": (
        "Certificate",
        "GivenCertificate",
        "IssuedCertificate",
        "SecretCertificate",
    ),
    "circuit_breaker": (
        "CircuitBreaker",
        "OutlierDetection",
    ),
    "conditions": (
        "Authority",
        "Condition",
        "Cookie",
        "From",
        "Method",
        "Port",
        "Query",
        "Without",
    ),
    "connection_pool": (
        "ConnectionPool",
        "Http2Keepalive",
        "TcpKeepalive",
        "UpstreamProtocol",
    ),
    "cors": (
        "Cors",
        "UnmatchedPreflights",
    ),
    "external_services": (
        "ExternalPort",
        "ExternalProtocol",
        "ExternalService",
        "Location",
        "Resolution",
    ),
    "faults": (
        "Abort",
        "Delay",
        "GrpcStatus",
    ),
    "gateway": (
        "Gateway",
        "GatewayHost",
    ),
    "headers": ("HeaderOperations",),
    "identity": (
        "Identity",
        "ServiceAccount",
    ),
    "localities": (
        "Locality",
        "LocalityDistribution",
        "LocalityFailover",
        "NoLocality",
    ),
    "matching": (
        "Header",
        "Path",
        "PathPrefix",
        "PathRegex",
    ),
    "mesh": ("Mesh",),
    "metrics": (
        "Metric",
        "MetricTags",
        "NoMetric",
        "Side",
    ),
    "mirror": ("Mirror",),
    "mutual_tls": (
        "MutualTLS",
        "MutualTLSRule",
    ),
    "places": (
        "Namespace",
        "WholeMesh",
    ),
    "providers": ("Provider",),
    "quantities": (
        "Percent",
        "milliseconds",
        "minutes",
        "seconds",
    ),
    "request_authentication": (
        "ClaimHeader",
        "Issuer",
        "RequestAuthentication",
        "TokenHeader",
    ),
    "requests": (
        "PathTemplate",
        "Requests",
    ),
    "retries": (
        "NoRetry",
        "Retry",
    ),
    "rewriting": ("Rewrite",),
    "routing": (
        "Route",
        "VirtualService",
    ),
    "scope": (
        "Dependency",
        "Export",
        "OutboundTraffic",
    ),
    "servers": (
        "ClientCertificate",
        "HTTPSServer",
        "HTTPServer",
        "RedirectToHTTPS",
        "Server",
        "TLSPassthrough",
        "TLSVersion",
    ),
    "split": (
        "Destination",
        "Split",
    ),
    "sticky_canary": ("StickyCanary",),
    "telemetry": (
        "AccessLog",
        "EnvironmentTag",
        "HeaderTag",
        "LiteralTag",
        "NoAccessLog",
        "NoTracing",
        "Telemetry",
        "Tracing",
    ),
    "tls_origination": ("TLSOrigination",),
    "traffic_policy": (
        "PortPolicy",
        "Subset",
        "TrafficPolicy",
    ),
    "workload": (
        "Resources",
        "Version",
        "Workload",
    ),
}
"""Where each public name is. A module is imported when its first name is asked for, so that nobody pays for the rest."""

_HOMES = {name: module for module, names in MODULES.items() for name in names}

__all__ = [
    "Abort",
    "Access",
    "AccessLog",
    "Action",
    "Authority",
    "Callers",
    "Certificate",
    "CircuitBreaker",
    "Claim",
    "ClaimHeader",
    "ClientCertificate",
    "Condition",
    "ConnectionPool",
    "ConsistentHash",
    "Cookie",
    "Cors",
    "Custom",
    "Delay",
    "DenyByDefault",
    "Dependency",
    "Destination",
    "DirectResponse",
    "EnvironmentTag",
    "Export",
    "ExternalPort",
    "ExternalProtocol",
    "ExternalService",
    "From",
    "Gateway",
    "GatewayHost",
    "GivenCertificate",
    "GrpcStatus",
    "HTTPSServer",
    "HTTPServer",
    "Header",
    "HeaderOperations",
    "HeaderTag",
    "Http2Keepalive",
    "Identity",
    "IssuedCertificate",
    "Issuer",
    "LeastRequest",
    "LiteralTag",
    "LoadBalancer",
    "Locality",
    "LocalityDistribution",
    "LocalityFailover",
    "Location",
    "Maglev",
    "Mesh",
    "Method",
    "Metric",
    "MetricTags",
    "Mirror",
    "MutualTLS",
    "MutualTLSRule",
    "Namespace",
    "NoAccessLog",
    "NoLocality",
    "NoMetric",
    "NoRetry",
    "NoTracing",
    "OutboundTraffic",
    "OutlierDetection",
    "Passthrough",
    "Path",
    "PathPrefix",
    "PathRegex",
    "PathTemplate",
    "Percent",
    "Port",
    "PortPolicy",
    "Provider",
    "Query",
    "RandomChoice",
    "Redirect",
    "RedirectPort",
    "RedirectToHTTPS",
    "RequestAuthentication",
    "Requests",
    "RequireJWT",
    "Resolution",
    "Resources",
    "Retry",
    "Rewrite",
    "RingHash",
    "RoundRobin",
    "Route",
    "SecretCertificate",
    "Server",
    "ServiceAccount",
    "Side",
    "Split",
    "StickyCanary",
    "Subset",
    "TLSOrigination",
    "TLSPassthrough",
    "TLSVersion",
    "TcpKeepalive",
    "Telemetry",
    "TokenHeader",
    "Tracing",
    "TrafficPolicy",
    "UnmatchedPreflights",
    "UpstreamProtocol",
    "Version",
    "VirtualService",
    "WarmUp",
    "WholeMesh",
    "Without",
    "Workload",
    "milliseconds",
    "minutes",
    "seconds",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
