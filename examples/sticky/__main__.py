"""Visitors who meet the same pod or version again, and callers who are spared a pod that fails or is full."""

import pulumi

from components.model import CircuitBreaker, ConnectionPool, ConsistentHash, Maglev, OutlierDetection, RoundRobin
from components.model import Gateway, LocalityFailover, Mesh, MutualTLS, MutualTLSRule, Namespace, PathPrefix, Route
from components.model import LeastRequest, PortPolicy, StickyCanary, Subset, TrafficPolicy, VirtualService, Workload
from components.model import minutes, seconds
from components.resources import MeshResources, MeshResourcesArgs, export_mesh

config = pulumi.Config()
image = config.require("image")

cart, checkout, catalog, till = (
    Workload(name, namespace="sticky", port=8000) for name in ("cart", "checkout", "catalog", "till")
)
carts = cart.version("v1", replicas=3)
old, new = checkout.version("v1"), checkout.version("v2")
shelves, empty = catalog.version("v1", replicas=2), catalog.version("v2", env={"error": "yes", "delay": "0s"})
slow = till.version("v1", env={"error": "yes", "delay": "1s"})

public = Gateway("sticky", hosts=["cart.test", "checkout.test"])
by_user = Subset("by-user", of=carts, load_balancer=ConsistentHash(header="x-user", by=Maglev()))
in_turn = Subset("in-turn", of=carts, load_balancer=RoundRobin())
canary = StickyCanary("canary", {old: 75, new: 25}, lifetime=minutes(10))

spare = OutlierDetection(
    consecutive_gateway_errors=3, interval=seconds(5), base_ejection_time=seconds(60), max_ejection_percent=50
)
one_at_a_time = ConnectionPool(max_connections=1, http1_max_pending_requests=1)

mesh = Mesh(
    versions=[carts, old, new, shelves, empty, slow],
    virtual_services=[
        VirtualService(
            public.host("cart.test"),
            [
                Route("by-user", when=PathPrefix("/user"), to=by_user),
                Route("in-turn", when=PathPrefix("/any"), to=in_turn),
                Route("by-cookie", to=cart),
            ],
        ),
        VirtualService(public.host("checkout.test"), canary.routes),
    ],
    policies=[
        TrafficPolicy(
            cart,
            load_balancer=ConsistentHash(cookie="cart", cookie_ttl=minutes(30), cookie_path="/"),
            circuit_breaker=CircuitBreaker(outlier_detection=spare),
            locality=LocalityFailover({"west": "east"}),
        ),
        TrafficPolicy(
            catalog,
            load_balancer=LeastRequest(),
            circuit_breaker=CircuitBreaker(outlier_detection=spare),
            ports=[PortPolicy(80, load_balancer=ConsistentHash(query="item"))],
        ),
        TrafficPolicy(till, circuit_breaker=CircuitBreaker(connection_pool=one_at_a_time)),
    ],
    mutual_tls=MutualTLS.UNSET,
    mutual_tls_rules=[MutualTLSRule(Namespace("sticky"), MutualTLS.STRICT)],
)

MeshResources("sticky", MeshResourcesArgs(mesh=mesh, images=dict.fromkeys(mesh.workloads, image)))
export_mesh(mesh, image=image, load_client_image=config.get("clientImage") or "")
