"""What is declared and not measured has a row that says why, and nothing declared makes the plan raise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.experiments.experiment import Unmeasured
from components.experiments.plan import plan
from components.experiments.route import RouteExperiment
from components.experiments.statistics import Effort
from components.model import (
    CircuitBreaker,
    ConsistentHash,
    Gateway,
    HTTPServer,
    Mesh,
    OutlierDetection,
    PortPolicy,
    Route,
    TrafficPolicy,
    VirtualService,
    Workload,
)
from tests.example_policies import balancing_mesh, gateways_mesh, resilience_mesh

from .meshes import ENTRANCES

SHOP = Workload("shop", namespace="shop", port=8000)
STABLE = SHOP.version("v1", replicas=2)

ROWS: dict[str, tuple[Callable[[], Mesh], str, str, str]] = {
    "an abort with a gRPC status": (resilience_mesh, "shop", "aborted", "requests here are no gRPC calls"),
    "a failover between localities": (resilience_mesh, "shop", "locality", "no experiment"),
    "failures to connect alone": (resilience_mesh, "bank", "circuit breaker", "only failures to connect eject"),
    "a warm-up on a port": (balancing_mesh, "shop", "warm-up", "no experiment"),
    "passthrough": (balancing_mesh, "cart", "passthrough", "no experiment"),
    "a host by TLS": (gateways_mesh, "a.mesh.test", "all", "requests here are plain HTTP"),
    "a service outside": (gateways_mesh, "wild", "service outside", "no request leaves the cluster"),
    "its policy": (gateways_mesh, "api", "policy of a service outside", "no experiment"),
}


@pytest.mark.parametrize(("make", "subject", "what", "why"), ROWS.values(), ids=ROWS.keys())
def test_what_can_not_be_measured_says_why(make: Callable[[], Mesh], subject: str, what: str, why: str) -> None:
    """One row, of the thing that declares it."""
    planned = plan(make(), ENTRANCES, false_alarms=0.001)
    rows = {(row.subject, row.what): row for row in planned.experiments if isinstance(row, Unmeasured)}
    assert why in rows[subject, what].why


def test_a_host_on_another_port_than_the_stack_names_is_left_open() -> None:
    """The stack exports one port; a request to it would be answered 404 for this host."""
    gateway = Gateway("public", hosts=["a.mesh.test"], servers=[HTTPServer(["b.mesh.test"], port=8080)])
    services = [
        VirtualService(gateway.host(name), [Route("all", to=STABLE)]) for name in ("a.mesh.test", "b.mesh.test")
    ]
    planned = plan(Mesh(versions=[STABLE], virtual_services=services), ENTRANCES, false_alarms=0.001)
    measured = [row.service.host for row in planned.experiments if isinstance(row, RouteExperiment)]
    assert [str(host) for host in measured] == ["a.mesh.test"]


def test_keys_of_a_hash_by_query_are_sent_in_the_query() -> None:
    """On a port's policy too, which wins over the one around it."""
    policy = TrafficPolicy(SHOP, ports=[PortPolicy(80, load_balancer=ConsistentHash(query="user"))])
    mesh = Mesh(versions=[STABLE], virtual_services=[VirtualService(SHOP, [Route("r", to=STABLE)])], policies=[policy])
    (route,) = (
        row for row in plan(mesh, ENTRANCES, false_alarms=0.001).experiments if isinstance(row, RouteExperiment)
    )
    (batch,) = route.batches(Effort(), {})
    assert {request.path for request in batch.requests} >= {"/?user=key-0", "/?user=key-40"}


def test_a_ports_breaker_is_the_one_that_is_measured() -> None:
    """The workload's own gives five errors, the port's three: callers use the port."""
    own, ports = (
        CircuitBreaker(outlier_detection=OutlierDetection(consecutive_gateway_errors=count)) for count in (5, 3)
    )
    policy = TrafficPolicy(SHOP, circuit_breaker=own, ports=[PortPolicy(80, circuit_breaker=ports)])
    planned = plan(Mesh(versions=[STABLE], policies=[policy]), ENTRANCES, false_alarms=0.001)
    (measured,) = (row.outlier_detection for row in planned.experiments if hasattr(row, "outlier_detection"))
    assert measured.consecutive_gateway_errors == 3
