"""A mesh for tests of every layer."""

from __future__ import annotations

from components.model import (
    Abort,
    CircuitBreaker,
    ConnectionPool,
    ConsistentHash,
    Delay,
    Gateway,
    Header,
    Mesh,
    MutualTLS,
    OutlierDetection,
    Path,
    PathRegex,
    Percent,
    Retry,
    Route,
    Split,
    Subset,
    TrafficPolicy,
    VirtualService,
    Workload,
    milliseconds,
    seconds,
)


def mesh_with_everything() -> Mesh:
    """One of each thing that a mesh can declare."""
    shop = Workload("shop", namespace="shop", port=8000)
    old, new = shop.version("old", env={"a": "b"}), shop.version("new", replicas=3, min_available=1)
    public = Gateway("public", hosts=["a.mesh.test"])
    breaker = CircuitBreaker(
        connection_pool=ConnectionPool(max_connections=1, connect_timeout=seconds(1)),
        outlier_detection=OutlierDetection(consecutive_5xx_errors=3, min_health_percent=20),
    )
    sticky = Subset("sticky", of=new, load_balancer=ConsistentHash(cookie="user", cookie_ttl=seconds(60)))
    routes = [
        Route("abort", when=[Header("x", "1"), Path("/a")], to=old, abort=Abort(503, on=Percent(12.5))),
        Route("delay", when=Header("x", regex="2|3"), to=sticky, delay=Delay(milliseconds(2))),
        Route("again", when=PathRegex("/x+"), to=new, retry=Retry(2, on=["503"]), timeout=seconds(2)),
        Route("split", to=Split({old: 1, new: 2})),
    ]
    return Mesh(
        versions=[old, new],
        virtual_services=[
            VirtualService(public.host("a.mesh.test"), routes),
            VirtualService(shop, [Route("in", to=shop)]),
        ],
        policies=[TrafficPolicy(shop, circuit_breaker=breaker)],
        mutual_tls=MutualTLS.PERMISSIVE,
    )
