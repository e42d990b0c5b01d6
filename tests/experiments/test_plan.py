"""What is planned for what is declared, and what is said to be left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.experiments.experiment import Unmeasured
from components.experiments.plan import plan
from components.model import (
    CircuitBreaker,
    ConnectionPool,
    ConsistentHash,
    Gateway,
    Mesh,
    OutlierDetection,
    PathRegex,
    Retry,
    Route,
    Split,
    Subset,
    TrafficPolicy,
    VirtualService,
    Workload,
    seconds,
)

from .meshes import ENTRANCES, dev

SHOP = Workload("shop", namespace="shop", port=8000)
STABLE = SHOP.version("v1", replicas=2)
HOST = Gateway("public", hosts=["a.mesh.test"]).host("a.mesh.test")
BREAKER = CircuitBreaker(outlier_detection=OutlierDetection(consecutive_gateway_errors=5))


def routed(route: Route) -> Mesh:
    """A mesh with this one route at its gateway."""
    return Mesh(versions=[STABLE], virtual_services=[VirtualService(HOST, [route])])


def inside(route: Route) -> Mesh:
    """A mesh with a breaker, whose members take this one route."""
    policy = TrafficPolicy(SHOP, circuit_breaker=BREAKER)
    return Mesh(versions=[STABLE], virtual_services=[VirtualService(SHOP, [route])], policies=[policy])


LEFT_OUT = [
    pytest.param(
        routed(Route("r", to=STABLE, when=PathRegex("/v[0-9]"))), "r", "regular expression", id="path by regex"
    ),
    pytest.param(routed(Route("r", to=STABLE, timeout=seconds(1))), "r: timeout", "no experiment", id="timeout"),
    pytest.param(routed(Route("r", to=STABLE, retry=Retry(2))), "r: retries", "no experiment", id="retries"),
    pytest.param(
        routed(Route("r", to=Split({STABLE: 1, Subset("other", of=STABLE): 1}))),
        "r: shares",
        "two destinations have one version",
        id="split within a version",
    ),
    pytest.param(
        routed(Route("r", to=Subset("own", of=STABLE, circuit_breaker=BREAKER))),
        "r: circuit breaker of own",
        "no experiment",
        id="breaker of a subset",
    ),
    pytest.param(
        inside(Route("r", to=STABLE)), "circuit breaker", "inside the mesh no route", id="breaker behind a version"
    ),
    pytest.param(
        inside(Route("r", to=SHOP, retry=Retry(2))),
        "circuit breaker",
        "inside the mesh no route",
        id="breaker behind retries",
    ),
    pytest.param(
        Mesh(
            versions=[STABLE],
            policies=[
                TrafficPolicy(SHOP, circuit_breaker=CircuitBreaker(connection_pool=ConnectionPool(max_connections=1)))
            ],
        ),
        "connection pool limits",
        "no experiment",
        id="connection pool",
    ),
    pytest.param(
        Mesh(versions=[STABLE], policies=[TrafficPolicy(SHOP, load_balancer=ConsistentHash(source_ip=True))]),
        "pods of version v1",
        "hashed by address",
        id="pods behind a hash of the address",
    ),
]


@pytest.mark.parametrize(("mesh", "what", "why"), LEFT_OUT)
def test_what_can_not_be_measured_has_a_row_that_says_why(mesh: Mesh, what: str, why: str) -> None:
    """Declared and not measured is "could not tell", never left out."""
    planned = plan(mesh, ENTRANCES, false_alarms=0.001)
    rows = {row.what: row for row in planned.experiments if isinstance(row, Unmeasured)}
    assert why in rows[what].why


def test_without_a_gateway_to_call_its_routes_are_left_open() -> None:
    """The stack declares hosts and names no entrance: each route says so."""
    planned = plan(dev(), replace(ENTRANCES, gateway=None), false_alarms=0.001)
    open_rows = [experiment for experiment in planned.experiments if isinstance(experiment, Unmeasured)]
    assert len(open_rows) == 7
    assert {row.why for row in open_rows} == {"the stack names no ingress gateway to send requests to"}
