"""How callers treat a workload's endpoints, for all of them or for a named part."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from components.model.balancing import LoadBalancer
from components.model.circuit_breaker import CircuitBreaker
from components.model.names import require_label
from components.model.workload import Version, Workload


@dataclass(frozen=True, slots=True)
class TrafficPolicy:
    """What every caller of the workload does: how it balances, and when it stops sending.

    `load_balancer` None means Istio's default, LEAST_REQUEST; `circuit_breaker` None means that nothing is limited.
    """

    of: Workload
    _: KW_ONLY
    load_balancer: LoadBalancer | None = None
    circuit_breaker: CircuitBreaker | None = None

    def __post_init__(self) -> None:
        if self.load_balancer is None and self.circuit_breaker is None:
            raise ValueError(
                f"the traffic policy of {self.of.name!r} changes nothing; "
                "give it a load_balancer or a circuit_breaker, or leave it out"
            )


@dataclass(frozen=True, slots=True)
class Subset:
    """Some endpoints of a workload under a name and a policy of their own: one version's, or all of the workload's.

    What the subset leaves out it takes from the workload's TrafficPolicy, and it is written out in full, so that nothing
    hangs on how Istio merges the two.
    """

    name: str
    _: KW_ONLY
    of: Version | Workload
    load_balancer: LoadBalancer | None = None
    circuit_breaker: CircuitBreaker | None = None

    def __post_init__(self) -> None:
        require_label("the subset's name", self.name)

    def __str__(self) -> str:
        return f"{self.of} ({self.name})"

    @property
    def workload(self) -> Workload:
        return self.of if isinstance(self.of, Workload) else self.of.workload
