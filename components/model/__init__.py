"""The words a person declares a mesh in: workloads, gateways, routes, faults, breakers.

Objects refer to objects, never to names, and a part that can never be right raises `ValueError` when it is made. Nothing
here knows a host name, a label or a YAML field: `components.manifests` turns objects into those. No input, no output, no
third-party import: `import components.model` must stay cheap, for it is in every preview.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from components.model.access import Access as Access
    from components.model.access import Action as Action
    from components.model.access import Custom as Custom
    from components.model.access import DenyByDefault as DenyByDefault
    from components.model.access import RequireJWT as RequireJWT
    from components.model.addons import JAEGER as JAEGER
    from components.model.addons import Addon as Addon
    from components.model.answers import DirectResponse as DirectResponse
    from components.model.answers import Redirect as Redirect
    from components.model.answers import RedirectPort as RedirectPort
    from components.model.balancing import ConsistentHash as ConsistentHash
    from components.model.balancing import LeastRequest as LeastRequest
    from components.model.balancing import LoadBalancer as LoadBalancer
    from components.model.balancing import Maglev as Maglev
    from components.model.balancing import Passthrough as Passthrough
    from components.model.balancing import RandomChoice as RandomChoice
    from components.model.balancing import RingHash as RingHash
    from components.model.balancing import RoundRobin as RoundRobin
    from components.model.balancing import WarmUp as WarmUp
    from components.model.callers import Callers as Callers
    from components.model.callers import Claim as Claim
    from components.model.certificates import Certificate as Certificate
    from components.model.certificates import GivenCertificate as GivenCertificate
    from components.model.certificates import IssuedCertificate as IssuedCertificate
    from components.model.certificates import SecretCertificate as SecretCertificate
    from components.model.circuit_breaker import CircuitBreaker as CircuitBreaker
    from components.model.circuit_breaker import OutlierDetection as OutlierDetection
    from components.model.conditions import Authority as Authority
    from components.model.conditions import Condition as Condition
    from components.model.conditions import Cookie as Cookie
    from components.model.conditions import From as From
    from components.model.conditions import Method as Method
    from components.model.conditions import Port as Port
    from components.model.conditions import Query as Query
    from components.model.conditions import Without as Without
    from components.model.connection_pool import ConnectionPool as ConnectionPool
    from components.model.connection_pool import Http2Keepalive as Http2Keepalive
    from components.model.connection_pool import TcpKeepalive as TcpKeepalive
    from components.model.connection_pool import UpstreamProtocol as UpstreamProtocol
    from components.model.connection_routes import ConnectionRoute as ConnectionRoute
    from components.model.connection_routes import TCPRoute as TCPRoute
    from components.model.connection_routes import TLSRoute as TLSRoute
    from components.model.cors import Cors as Cors
    from components.model.cors import UnmatchedPreflights as UnmatchedPreflights
    from components.model.egress import EgressGateway as EgressGateway
    from components.model.external_services import ExternalDestination as ExternalDestination
    from components.model.external_services import ExternalPort as ExternalPort
    from components.model.external_services import ExternalService as ExternalService
    from components.model.external_services import Location as Location
    from components.model.external_services import Resolution as Resolution
    from components.model.faults import Abort as Abort
    from components.model.faults import Delay as Delay
    from components.model.faults import GrpcStatus as GrpcStatus
    from components.model.gateway import Gateway as Gateway
    from components.model.gateway import GatewayHost as GatewayHost
    from components.model.gateway import GatewayPort as GatewayPort
    from components.model.headers import HeaderOperations as HeaderOperations
    from components.model.identity import Identity as Identity
    from components.model.identity import ServiceAccount as ServiceAccount
    from components.model.localities import Locality as Locality
    from components.model.localities import LocalityDistribution as LocalityDistribution
    from components.model.localities import LocalityFailover as LocalityFailover
    from components.model.localities import NoLocality as NoLocality
    from components.model.matching import Header as Header
    from components.model.matching import Path as Path
    from components.model.matching import PathPrefix as PathPrefix
    from components.model.matching import PathRegex as PathRegex
    from components.model.mesh import Mesh as Mesh
    from components.model.metrics import Metric as Metric
    from components.model.metrics import MetricTags as MetricTags
    from components.model.metrics import NoMetric as NoMetric
    from components.model.metrics import Side as Side
    from components.model.mirror import Mirror as Mirror
    from components.model.mutual_tls import MutualTLS as MutualTLS
    from components.model.mutual_tls import MutualTLSRule as MutualTLSRule
    from components.model.places import Namespace as Namespace
    from components.model.places import WholeMesh as WholeMesh
    from components.model.protocols import Protocol as Protocol
    from components.model.providers import Provider as Provider
    from components.model.quantities import Percent as Percent
    from components.model.quantities import milliseconds as milliseconds
    from components.model.quantities import minutes as minutes
    from components.model.quantities import seconds as seconds
    from components.model.request_authentication import ClaimHeader as ClaimHeader
    from components.model.request_authentication import Issuer as Issuer
    from components.model.request_authentication import RequestAuthentication as RequestAuthentication
    from components.model.request_authentication import TokenHeader as TokenHeader
    from components.model.requests import PathTemplate as PathTemplate
    from components.model.requests import Requests as Requests
    from components.model.retries import NoRetry as NoRetry
    from components.model.retries import Retry as Retry
    from components.model.retries import RetryBudget as RetryBudget
    from components.model.rewriting import Rewrite as Rewrite
    from components.model.route import Route as Route
    from components.model.scope import Dependency as Dependency
    from components.model.scope import Export as Export
    from components.model.scope import OutboundTraffic as OutboundTraffic
    from components.model.servers import ClientCertificate as ClientCertificate
    from components.model.servers import HTTPServer as HTTPServer
    from components.model.servers import HTTPSServer as HTTPSServer
    from components.model.servers import RedirectToHTTPS as RedirectToHTTPS
    from components.model.servers import Server as Server
    from components.model.servers import TCPServer as TCPServer
    from components.model.servers import TLSPassthrough as TLSPassthrough
    from components.model.servers import TLSVersion as TLSVersion
    from components.model.split import Destination as Destination
    from components.model.split import Split as Split
    from components.model.sticky_canary import StickyCanary as StickyCanary
    from components.model.telemetry import AccessLog as AccessLog
    from components.model.telemetry import EnvironmentTag as EnvironmentTag
    from components.model.telemetry import HeaderTag as HeaderTag
    from components.model.telemetry import LiteralTag as LiteralTag
    from components.model.telemetry import NoAccessLog as NoAccessLog
    from components.model.telemetry import NoTracing as NoTracing
    from components.model.telemetry import Telemetry as Telemetry
    from components.model.telemetry import Tracing as Tracing
    from components.model.tls_origination import TLSOrigination as TLSOrigination
    from components.model.traffic_policy import PortPolicy as PortPolicy
    from components.model.traffic_policy import Subset as Subset
    from components.model.traffic_policy import TrafficPolicy as TrafficPolicy
    from components.model.virtual_service import VirtualService as VirtualService
    from components.model.workload import Resources as Resources
    from components.model.workload import Version as Version
    from components.model.workload import Workload as Workload

MODULES = {
    "access": (
        "Access",
        "Action",
        "Custom",
        "DenyByDefault",
        "RequireJWT",
    ),
    "addons": (
        "JAEGER",
        "Addon",
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
    "connection_routes": (
        "ConnectionRoute",
        "TCPRoute",
        "TLSRoute",
    ),
    "cors": (
        "Cors",
        "UnmatchedPreflights",
    ),
    "egress": ("EgressGateway",),
    "external_services": (
        "ExternalDestination",
        "ExternalPort",
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
        "GatewayPort",
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
    "protocols": ("Protocol",),
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
        "RetryBudget",
    ),
    "rewriting": ("Rewrite",),
    "route": ("Route",),
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
        "TCPServer",
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
    "virtual_service": ("VirtualService",),
    "workload": (
        "Resources",
        "Version",
        "Workload",
    ),
}
"""Where each public name is. A module is imported when its first name is asked for, so that nobody pays for the rest."""

_HOMES = {name: module for module, names in MODULES.items() for name in names}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
