"""What is declared and what no experiment here sends requests to: each has a row that says why."""

from __future__ import annotations

from collections.abc import Iterator

from components.experiments.experiment import Unmeasured
from components.model import (
    CircuitBreaker,
    ConnectionPool,
    ExternalService,
    GatewayHost,
    LeastRequest,
    LocalityDistribution,
    Mesh,
    NoLocality,
    OutlierDetection,
    Passthrough,
    PortPolicy,
    RoundRobin,
    Route,
    TrafficPolicy,
    Workload,
)

NOT_YET = "no experiment measures this yet"
LOCAL_ORIGIN = "only failures to connect eject, and the endpoints here are all there"


def why_unreachable(mesh: Mesh, host: GatewayHost | Workload) -> str | None:
    """Why no request of ours gets to the host's routes; None when one does."""
    if isinstance(host, Workload):
        return None
    if host.plain is None:
        return "its gateway takes it by TLS or redirects it, and requests here are plain HTTP"
    if host.plain.port != mesh.gateways[0].port:
        return f"it is served on port {host.plain.port}, and the stack names port {mesh.gateways[0].port} alone"
    return None


def why_unjudged(route: Route) -> str | None:
    """Why the answers of this route could not be judged; None when they can."""
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
        yield Unmeasured(str(external), "service outside", declared=hosts, why="no request leaves the cluster here")
