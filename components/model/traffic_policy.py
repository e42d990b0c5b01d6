"""How callers treat a workload's endpoints, for all of them or for a named part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.balancing import LoadBalancer, Passthrough
from components.model.circuit_breaker import CircuitBreaker
from components.model.external_services import ExternalService
from components.model.localities import Locality, LocalityFailover
from components.model.names import require_label
from components.model.retries import RetryBudget
from components.model.tls_origination import TLSOrigination
from components.model.workload import Version, Workload


@dataclass(frozen=True, slots=True)
class PortPolicy:
    """What differs on one port. All that is left out is taken from the policy that this one belongs to.

    Istio itself drops the other policy's settings on such a port, so they are written out in full here.

    Raises `ValueError` when nothing differs.
    """

    port: int
    _: KW_ONLY
    load_balancer: LoadBalancer | None = None
    circuit_breaker: CircuitBreaker | None = None
    locality: Locality | None = None
    tls: TLSOrigination | None = None

    def __post_init__(self) -> None:
        if not (self.load_balancer or self.circuit_breaker or self.locality or self.tls):
            raise ValueError(
                f"the policy of port {self.port} changes nothing; "
                "give it a load_balancer, a circuit_breaker, a locality or tls, or leave it out"
            )


@dataclass(frozen=True, slots=True)
class TrafficPolicy:
    """What every caller of the workload, or of the service outside, does: how it balances, and when it stops sending.

    `load_balancer` None means Istio's default, LEAST_REQUEST; `circuit_breaker` None that nothing is limited; `locality`
    None what the mesh says, which is to prefer the caller's own where endpoints can be ejected. `tls` is for services
    outside only: between workloads the mesh does mutual TLS by itself. `retry_budget` None means that retries are limited
    by the connection pool alone. `ports` says what differs on single ports.

    Raises `ValueError` when nothing is changed, for a port that is not there or given twice, for a retry budget beside
    ports, and for a failover between localities without outlier detection: then no endpoint ever fails, and nothing goes
    over.
    """

    of: Workload | ExternalService
    _: KW_ONLY
    load_balancer: LoadBalancer | None = None
    circuit_breaker: CircuitBreaker | None = None
    locality: Locality | None = None
    tls: TLSOrigination | None = None
    retry_budget: RetryBudget | None = None
    ports: Sequence[PortPolicy] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "ports", tuple(self.ports))
        parts = (self.load_balancer, self.circuit_breaker, self.locality, self.tls, self.retry_budget, self.ports)
        if not any(parts):
            raise ValueError(
                f"the traffic policy of {self.of.name!r} changes nothing; "
                "give it a load_balancer or a circuit_breaker, or leave it out"
            )
        if self.retry_budget is not None and self.ports:
            raise ValueError(
                f"the traffic policy of {self.of.name!r} has a retry_budget beside a policy of port {self.ports[0].port}; "
                "Istio has no retry budget on such a port. Give all of the policy to the whole service, or leave one out"
            )
        require_ports_of(f"the traffic policy of {self.of.name!r}", self.of, self.ports)
        levels: tuple[TrafficPolicy | PortPolicy, ...] = (self, *self.ports)
        for policy in levels:
            where = f" of port {policy.port}" if isinstance(policy, PortPolicy) else ""
            if policy.tls is not None and isinstance(self.of, Workload):
                raise ValueError(
                    f"the traffic policy{where} of workload {self.of.name!r} originates TLS; between workloads the mesh "
                    "does mutual TLS by itself. Leave it out, or declare an ExternalService"
                )
            breakers = (policy.circuit_breaker, self.circuit_breaker)
            ejects = any(breaker is not None and breaker.outlier_detection is not None for breaker in breakers)
            if isinstance(policy.locality or self.locality, LocalityFailover) and not ejects:
                raise ValueError(
                    f"the traffic policy{where} of {self.of.name!r} fails over to other localities and never ejects an "
                    "endpoint, so nothing goes over; give it a circuit_breaker with outlier_detection"
                )


@dataclass(frozen=True, slots=True)
class Subset:
    """Some endpoints of a workload under a name and a policy of their own: one version's, or all of the workload's.

    What the subset leaves out it takes from the workload's TrafficPolicy, and it is written out in full, so that nothing
    hangs on how Istio merges the two. On a port, the first of these that says something counts: the subset's policy of
    the port, the subset's own, the workload's policy of the port, the workload's own.

    Raises `ValueError` for a name that is no DNS label, a port that is not the workload's, or a version that is passed
    through: the proxy then chooses no endpoint, so it can not keep to the version's.
    """

    name: str
    _: KW_ONLY
    of: Version | Workload
    load_balancer: LoadBalancer | None = None
    circuit_breaker: CircuitBreaker | None = None
    ports: Sequence[PortPolicy] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "ports", tuple(self.ports))
        require_label("the subset's name", self.name)
        require_ports_of(f"the subset {self.name!r}", self.workload, self.ports)
        balancers = [self.load_balancer, *(port.load_balancer for port in self.ports)]
        if isinstance(self.of, Version) and any(isinstance(balancer, Passthrough) for balancer in balancers):
            raise ValueError(
                f"the subset {self.name!r} passes requests through to version {self.of.name!r}; with Passthrough the "
                "Service chooses among all versions. Give it another load_balancer"
            )
        for port in self.ports:
            if port.tls is not None or port.locality is not None:
                raise ValueError(
                    f"the subset {self.name!r} has tls or a locality on port {port.port}; a subset has the workload's. "
                    "Give them to the workload's TrafficPolicy"
                )

    def __str__(self) -> str:
        return f"{self.of} ({self.name})"

    @property
    def workload(self) -> Workload:
        return self.of if isinstance(self.of, Workload) else self.of.workload


def balancer_of(policy: TrafficPolicy | None, subset: Subset | None, workload: Workload) -> LoadBalancer | None:
    """What holds on the port that callers of the workload use, the most particular first; None: Istio's default."""
    for level in (subset, policy):
        for part in (*(port for port in (level.ports if level else ()) if port.port == workload.service_port), level):
            if part is not None and part.load_balancer is not None:
                return part.load_balancer
    return None


def require_ports_of(what: str, of: Workload | ExternalService, ports: Sequence[PortPolicy]) -> None:
    """Refuse a policy for a port that `of` does not have, or two for one. `what` names the policy."""
    theirs = (of.service_port,) if isinstance(of, Workload) else tuple(port.number for port in of.ports)
    numbers = [port.port for port in ports]
    for number in numbers:
        if number not in theirs:
            raise ValueError(
                f"{what} has a policy of port {number}, which {of.name!r} does not have; "
                f"its ports are {', '.join(map(str, theirs))}"
            )
        if numbers.count(number) > 1:
            raise ValueError(f"{what} has two policies of port {number}; Istio takes one. Write one with all of it")
