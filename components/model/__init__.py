"""The words a person declares a mesh in: workloads, gateways, routes, faults, breakers.

Objects refer to objects, never to names, and a part that can never be right raises `ValueError` when it is made. Nothing
here knows a host name, a label or a YAML field: `components.manifests` turns objects into those. No input, no output, no
third-party import: `import components.model` must stay cheap, for it is in every preview.
"""

from components.model.balancing import ConsistentHash, LeastRequest, LoadBalancer, RandomChoice, RoundRobin
from components.model.circuit_breaker import CircuitBreaker, ConnectionPool, OutlierDetection
from components.model.faults import Abort, Delay
from components.model.gateway import Gateway, GatewayHost
from components.model.matching import Condition, Header, Path, PathPrefix, PathRegex
from components.model.mesh import Mesh, MutualTLS
from components.model.quantities import Percent, milliseconds, minutes, seconds
from components.model.retries import NoRetry, Retry
from components.model.routing import Destination, Route, Split, VirtualService
from components.model.traffic_policy import Subset, TrafficPolicy
from components.model.workload import Resources, Version, Workload

__all__ = [
    "Abort",
    "CircuitBreaker",
    "Condition",
    "ConnectionPool",
    "ConsistentHash",
    "Delay",
    "Destination",
    "Gateway",
    "GatewayHost",
    "Header",
    "LeastRequest",
    "LoadBalancer",
    "Mesh",
    "MutualTLS",
    "NoRetry",
    "OutlierDetection",
    "Path",
    "PathPrefix",
    "PathRegex",
    "Percent",
    "RandomChoice",
    "Resources",
    "Retry",
    "RoundRobin",
    "Route",
    "Split",
    "Subset",
    "TrafficPolicy",
    "Version",
    "VirtualService",
    "Workload",
    "milliseconds",
    "minutes",
    "seconds",
]
