"""The meshes that the tests declare: the scenario of the stack dev, and what a stack for production is like."""

from __future__ import annotations

from components.experiments.plan import Entrances
from components.model import (
    Abort,
    CircuitBreaker,
    ConsistentHash,
    Delay,
    Gateway,
    Header,
    LoadBalancer,
    Mesh,
    MutualTLS,
    OutlierDetection,
    PathPrefix,
    Percent,
    RoundRobin,
    Route,
    Split,
    Subset,
    TrafficPolicy,
    VirtualService,
    Workload,
    milliseconds,
    seconds,
)

ENTRANCES = Entrances(
    gateway="http://gateway.test:80", service_host=lambda workload: f"{workload.service}.{workload.namespace}.test"
)

BREAKER = OutlierDetection(
    consecutive_gateway_errors=5, interval=seconds(20), base_ejection_time=seconds(30), max_ejection_percent=100
)


def dev(
    *,
    stable_weight: int = 90,
    abort: Abort | None = Abort(500, on=Percent(25)),
    delay: Delay | None = Delay(milliseconds(500), on=Percent(50)),
    sticky: LoadBalancer = ConsistentHash(header="x-user"),
    breaker: OutlierDetection | None = BREAKER,
    mutual_tls: MutualTLS = MutualTLS.PERMISSIVE,
    prefix_200: str = "/200",
    b_to: str = "200",
    stable_replicas: int = 2,
    failing_name: str = "504",
) -> Mesh:
    """The brief's scenario; each argument is one way to differ from it."""
    servicex = Workload("servicex", namespace="servicex", port=8000, service="servicex-service")
    stable = servicex.version("200", replicas=stable_replicas)
    failing = servicex.version(failing_name, env={"error": "yes", "delay": "500ms"})
    gateway = Gateway("public", hosts=["a.mesh.test", "b.mesh.test"])
    a = [
        Route("abort", when=Header("x-fault", "abort"), to=stable, abort=abort),
        Route("delay", when=Header("x-fault", "delay"), to=stable, delay=delay),
        Route("only-200", when=PathPrefix(prefix_200), to=stable),
        Route("only-504", when=PathPrefix("/504"), to=failing),
        Route("sticky", when=PathPrefix("/sticky"), to=Subset("sticky", of=stable, load_balancer=sticky)),
        Route("canary", to=Split({stable: stable_weight, failing: 100 - stable_weight})),
    ]
    return Mesh(
        versions=[stable, failing],
        virtual_services=[
            VirtualService(gateway.host("a.mesh.test"), a),
            VirtualService(gateway.host("b.mesh.test"), [Route("all", to=stable if b_to == "200" else failing)]),
            VirtualService(servicex, [Route("default", to=servicex)]),
        ],
        policies=[
            TrafficPolicy(
                servicex,
                load_balancer=RoundRobin(),
                circuit_breaker=CircuitBreaker(outlier_detection=breaker) if breaker else None,
            )
        ],
        mutual_tls=mutual_tls,
    )


def prod(*, mutual_tls: MutualTLS = MutualTLS.STRICT, replicas: int = 2) -> Mesh:
    """One version in two replicas behind two hosts, strict mutual TLS, a breaker and nothing that fails."""
    servicex = Workload("servicex", namespace="servicex", port=8000, service="servicex-service")
    stable = servicex.version("200", replicas=replicas, min_available=1 if replicas > 1 else None)
    gateway = Gateway("public", hosts=["a.mesh.test", "b.mesh.test"])
    return Mesh(
        versions=[stable],
        virtual_services=[
            VirtualService(gateway.host(host), [Route("all", to=stable)]) for host in ("a.mesh.test", "b.mesh.test")
        ],
        policies=[TrafficPolicy(servicex, circuit_breaker=CircuitBreaker(outlier_detection=BREAKER))],
        mutual_tls=mutual_tls,
    )
