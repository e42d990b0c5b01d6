"""What is declared and what no experiment here sends requests to: each has a row that says why."""

from __future__ import annotations

from collections.abc import Iterator

from components.experiments.experiment import Unmeasured
from components.model import (
    CircuitBreaker,
    ConnectionPool,
    ExternalDestination,
    ExternalService,
    GatewayHost,
    LeastRequest,
    LocalityDistribution,
    Mesh,
    NoLocality,
    OutlierDetection,
    Passthrough,
    PortPolicy,
    Protocol,
    RoundRobin,
    Route,
    TrafficPolicy,
    VirtualService,
    Workload,
)
from components.model.split import protocol_of
from components.model.virtual_service import Host

NOT_YET = "no experiment measures this yet"
OUTSIDE = "no request leaves the cluster here"
"""Experiments load nobody but what the stack runs itself."""

LOCAL_ORIGIN = "only failures to connect eject, and the endpoints here are all there"


def why_unreachable(mesh: Mesh, host: Host) -> str | None:
    """Why no request of ours gets to the host's routes; None when one does."""
    if isinstance(host, Workload):
        return why_unspoken(host)
    if isinstance(host, ExternalService):
        return OUTSIDE
    if not isinstance(host, GatewayHost):
        return "it takes connections of any kind, and requests here are plain HTTP"
    if host.plain is None:
        return "its gateway takes it by TLS or redirects it, and requests here are plain HTTP"
    if host.plain.port != mesh.gateways[0].port:
        return f"it is served on port {host.plain.port}, and the stack names port {mesh.gateways[0].port} alone"
    return None


def why_unspoken(workload: Workload) -> str | None:
    """Why no request of ours is understood by the workload; None when it is."""
    if workload.protocol.of_requests and workload.protocol is not Protocol.GRPC:
        return None
    return f"{workload} speaks {workload.protocol.value}, and requests here are plain HTTP"


def why_unjudged(route: Route) -> str | None:
    """Why the answers of this route could not be judged; None when they can."""
    if any(isinstance(destination, ExternalDestination) for destination in route.destinations):
        return OUTSIDE
    unspoken = [protocol_of(each) for each in route.destinations if protocol_of(each) is Protocol.GRPC]
    if unspoken:
        return f"it leads to what speaks {unspoken[0].value}, and requests here are plain HTTP"
    if route.abort is not None and route.abort.http_status is None:
        return "it aborts with a gRPC status, and requests here are no gRPC calls"
    return None


def breaker_of(policy: TrafficPolicy) -> tuple[ConnectionPool | None, OutlierDetection | None]:
    """The limits and the ejection that hold on the port that callers use: its own policy's, else the one around it."""
    port = policy.of.service_port if isinstance(policy.of, Workload) else None
    levels: list[CircuitBreaker | None] = [level.circuit_breaker for level in policy.ports if level.port == port]
    levels.append(policy.circuit_breaker)
    pool = next((b.connection_pool for b in levels if b is not None and b.connection_pool), None)
    outliers = next((b.outlier_detection for b in levels if b is not None and b.outlier_detection), None)
    return pool, outliers


def of_policy(policy: TrafficPolicy) -> Iterator[Unmeasured]:
    """Rows for what a policy declares beside its circuit breaker."""
    subject = str(policy.of)
    if policy.retry_budget is not None:
        yield Unmeasured(subject, "retry budget", declared=str(policy.retry_budget.percent), why=NOT_YET)
    if isinstance(policy.of, ExternalService):
        yield Unmeasured(subject, "policy of a service outside", declared="declared", why=NOT_YET)
        return
    levels: tuple[TrafficPolicy | PortPolicy, ...] = (policy, *policy.ports)
    if any(
        isinstance(level.load_balancer, (RoundRobin, LeastRequest)) and level.load_balancer.warm_up for level in levels
    ):
        yield Unmeasured(subject, "warm-up", declared="declared", why=NOT_YET)
    if any(isinstance(level.load_balancer, Passthrough) for level in levels):
        yield Unmeasured(subject, "passthrough", declared="declared", why=NOT_YET)
    for level in levels:
        if level.locality is not None and not isinstance(level.locality, NoLocality):
            shared = isinstance(level.locality, LocalityDistribution)
            yield Unmeasured(subject, "locality", declared="distribution" if shared else "failover", why=NOT_YET)


def of_external_services(mesh: Mesh) -> Iterator[Unmeasured]:
    """A row for each service outside: the experiments call nobody outside the cluster."""
    for external in mesh.external_services:
        hosts = ", ".join(external.hosts)
        yield Unmeasured(str(external), "service outside", declared=hosts, why=OUTSIDE)
    if mesh.egress_gateway is not None:
        names = ", ".join(external.name for external in mesh.egress_gateway.of)
        yield Unmeasured(str(mesh.egress_gateway.name), "egress gateway", declared=names, why=OUTSIDE)


def of_connections(service: VirtualService) -> Iterator[Unmeasured]:
    """A row for each route of connections."""
    for route in service.connections:
        why = "it routes connections by their handshake or port, and requests here are plain HTTP"
        yield Unmeasured(str(service.host), route.name, declared=str(route), why=why)
