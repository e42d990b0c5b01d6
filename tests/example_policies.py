"""Meshes that use all there is of resilience, balancing and gateways."""

from __future__ import annotations

from components.model import (
    Abort,
    CircuitBreaker,
    ClientCertificate,
    ConnectionPool,
    ConsistentHash,
    ExternalPort,
    ExternalService,
    Gateway,
    GivenCertificate,
    GrpcStatus,
    Header,
    Http2Keepalive,
    HTTPServer,
    HTTPSServer,
    IssuedCertificate,
    LeastRequest,
    LocalityDistribution,
    LocalityFailover,
    Maglev,
    Mesh,
    NoLocality,
    OutlierDetection,
    Passthrough,
    PathPrefix,
    Percent,
    PortPolicy,
    Protocol,
    RandomChoice,
    RedirectToHTTPS,
    Resolution,
    RingHash,
    RoundRobin,
    Route,
    SecretCertificate,
    Subset,
    TcpKeepalive,
    TLSOrigination,
    TLSPassthrough,
    TLSVersion,
    TrafficPolicy,
    UpstreamProtocol,
    VirtualService,
    WarmUp,
    Workload,
    minutes,
    seconds,
)

SHOP = Workload("shop", namespace="shop", port=8000)
CART = Workload("cart", namespace="shop", port=8000)
BANK = Workload("bank", namespace="shop", port=8000)
OLD, NEW = SHOP.version("old"), SHOP.version("new", replicas=3)

EVERY_LIMIT = ConnectionPool(
    max_connections=100,
    connect_timeout=seconds(1),
    http1_max_pending_requests=10,
    http2_max_requests=200,
    max_requests_per_connection=1000,
    max_retries=3,
    max_concurrent_streams=50,
    max_connection_duration=minutes(10),
    idle_timeout=minutes(5),
    tcp_idle_timeout=seconds(0),
    tcp_keepalive=TcpKeepalive(time=seconds(60), interval=seconds(10), probes=3),
    http2_keepalive=Http2Keepalive(interval=seconds(30), timeout=seconds(5)),
    upstream_protocol=UpstreamProtocol.HTTP2,
)
EVERY_EJECTION = OutlierDetection(
    consecutive_gateway_errors=5,
    consecutive_5xx_errors=7,
    consecutive_local_origin_failures=3,
    interval=seconds(20),
    base_ejection_time=seconds(30),
    max_ejection_percent=50,
    min_health_percent=10,
)


def resilience_mesh() -> Mesh:
    """Every limit and every ejection, failover and distribution by locality, and an abort with a gRPC status."""
    failover = LocalityFailover({"west": "east"}, priority=["version"])
    shares = LocalityDistribution({"west/a/*": {"west/a/*": 80, "west/b": 20}, "east": {"east": 100}})
    aborted = Route(
        "aborted",
        when=Header("x-fault", "abort"),
        to=OLD,
        abort=Abort(grpc_status=GrpcStatus.UNAVAILABLE, on=Percent(50)),
    )
    return Mesh(
        versions=[OLD, NEW, CART.version("v1"), BANK.version("v1")],
        virtual_services=[VirtualService(SHOP, [aborted, Route("all", to=SHOP)])],
        policies=[
            TrafficPolicy(
                SHOP,
                circuit_breaker=CircuitBreaker(connection_pool=EVERY_LIMIT, outlier_detection=EVERY_EJECTION),
                locality=failover,
            ),
            TrafficPolicy(
                CART,
                circuit_breaker=CircuitBreaker(
                    connection_pool=ConnectionPool(upstream_protocol=UpstreamProtocol.AS_CLIENT)
                ),
                locality=shares,
            ),
            TrafficPolicy(
                BANK,
                circuit_breaker=CircuitBreaker(
                    connection_pool=ConnectionPool(upstream_protocol=UpstreamProtocol.HTTP1),
                    outlier_detection=OutlierDetection(consecutive_local_origin_failures=3),
                ),
                locality=NoLocality(),
            ),
        ],
    )


def balancing_mesh() -> Mesh:
    """Every load balancer, on a workload, a port and a subset."""
    cookie = ConsistentHash(
        cookie="user", cookie_ttl=seconds(60), cookie_path="/", cookie_attributes=[("SameSite", "Strict")]
    )
    breaker = CircuitBreaker(connection_pool=ConnectionPool(max_connections=10), outlier_detection=EVERY_EJECTION)
    subsets = [
        Subset("by-query", of=NEW, load_balancer=ConsistentHash(query="user", by=Maglev(table_size=251))),
        Subset("by-header", of=NEW, load_balancer=ConsistentHash(header="x-user", by=RingHash(minimum_size=2048))),
        Subset("by-cookie", of=NEW, load_balancer=cookie),
        Subset("by-chance", of=NEW, load_balancer=RandomChoice()),
        Subset(
            "small",
            of=OLD,
            circuit_breaker=CircuitBreaker(connection_pool=ConnectionPool(max_connections=1)),
            ports=[PortPolicy(80, load_balancer=LeastRequest())],
        ),
    ]
    routes = [Route(subset.name, when=PathPrefix(f"/{subset.name}"), to=subset) for subset in subsets]
    return Mesh(
        versions=[OLD, NEW, CART.version("v1"), BANK.version("v1")],
        virtual_services=[VirtualService(SHOP, [*routes, Route("all", to=SHOP)])],
        policies=[
            TrafficPolicy(
                SHOP,
                load_balancer=LeastRequest(),
                circuit_breaker=breaker,
                ports=[
                    PortPolicy(
                        80, load_balancer=RoundRobin(warm_up=WarmUp(minutes(2), minimum=Percent(5), aggression=2))
                    )
                ],
            ),
            TrafficPolicy(CART, load_balancer=Passthrough()),
            TrafficPolicy(BANK, load_balancer=LeastRequest(warm_up=WarmUp(seconds(30)))),
        ],
    )


def gateways_mesh() -> Mesh:
    """Every kind of server and certificate, and services outside with TLS made by the proxy."""
    issued = IssuedCertificate("issued", hosts=["c.mesh.test"], cluster_issuer="letsencrypt")
    public = Gateway(
        "public",
        servers=[
            RedirectToHTTPS(["a.mesh.test", "b.mesh.test", "c.mesh.test"]),
            HTTPServer(["plain.mesh.test"]),
            HTTPSServer(["a.mesh.test"], certificate=GivenCertificate("given")),
            HTTPSServer(
                ["b.mesh.test"],
                certificate=SecretCertificate("there-already"),
                client_certificate=ClientCertificate.REQUIRED,
                subject_alt_names=["spiffe://partner"],
                min_version=TLSVersion.V1_2,
                max_version=TLSVersion.V1_3,
                cipher_suites=["ECDHE-ECDSA-AES256-GCM-SHA384"],
            ),
            HTTPSServer(
                ["c.mesh.test"],
                certificate=issued,
                client_certificate=ClientCertificate.OPTIONAL,
                min_version=TLSVersion.V1_3,
            ),
            TLSPassthrough(["through.mesh.test"]),
        ],
    )
    api = ExternalService(
        "api",
        namespace="outside",
        hosts=["api.example.com"],
        ports=[ExternalPort(80, target=443), ExternalPort(443, Protocol.TLS)],
    )
    wild = ExternalService(
        "wild",
        namespace="outside",
        hosts=["*.example.org"],
        ports=[ExternalPort(443, Protocol.TLS)],
        resolution=Resolution.NONE,
    )
    fixed = ExternalService(
        "fixed",
        namespace="outside",
        hosts=["db.example.net"],
        ports=[ExternalPort(5432, Protocol.TCP)],
        resolution=Resolution.STATIC,
        endpoints=["192.0.2.1", "192.0.2.2"],
        addresses=["192.0.2.0/24"],
        subject_alt_names=["db.example.net"],
    )
    origination = PortPolicy(80, tls=TLSOrigination(sni="api.example.com"))
    return Mesh(
        versions=[OLD],
        virtual_services=[
            VirtualService(public.host(name), [Route("all", to=OLD)])
            for name in ("a.mesh.test", "b.mesh.test", "c.mesh.test", "plain.mesh.test")
        ],
        policies=[
            TrafficPolicy(
                api,
                circuit_breaker=CircuitBreaker(outlier_detection=OutlierDetection(consecutive_5xx_errors=5)),
                ports=[origination],
            ),
            TrafficPolicy(
                fixed,
                tls=TLSOrigination(
                    ca_certificates="/etc/db/ca.pem",
                    client_certificate="/etc/db/client.pem",
                    private_key="/etc/db/client.key",
                    subject_alt_names=["db.example.net"],
                ),
            ),
        ],
        external_services=[api, wild, fixed],
    )


MESHES = {"resilience": resilience_mesh, "balancing": balancing_mesh, "gateways": gateways_mesh}
