"""Parts of policies, gateways and services outside that can never be right are refused when they are made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.model import (
    Abort,
    CircuitBreaker,
    ConnectionPool,
    ConsistentHash,
    ExternalPort,
    ExternalService,
    Gateway,
    GrpcStatus,
    Http2Keepalive,
    HTTPServer,
    HTTPSServer,
    IssuedCertificate,
    LocalityDistribution,
    LocalityFailover,
    Maglev,
    Mesh,
    OutlierDetection,
    Passthrough,
    PortPolicy,
    Protocol,
    RandomChoice,
    RedirectToHTTPS,
    Resolution,
    RingHash,
    RoundRobin,
    Route,
    SecretCertificate,
    Split,
    Subset,
    TcpKeepalive,
    TLSOrigination,
    TLSPassthrough,
    TLSVersion,
    TrafficPolicy,
    VirtualService,
    WarmUp,
    Workload,
    milliseconds,
    seconds,
)

SHOP = Workload("shop", namespace="shop", port=8000)
OLD = SHOP.version("old")
SECRET = SecretCertificate("secret")
HTTP = (ExternalPort(80),)


def outside(*, resolution: Resolution = Resolution.DNS, **given: object) -> ExternalService:
    """A service outside that is right but for what is given."""
    whole: dict[str, object] = {"namespace": "shop", "hosts": ["api.example.com"], "ports": HTTP, **given}
    return ExternalService("api", resolution=resolution, **whole)  # type: ignore[arg-type]


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a keepalive of nothing": (lambda: TcpKeepalive(), "the TCP keepalive changes nothing"),
    "a keepalive of half a second": (
        lambda: TcpKeepalive(time=milliseconds(500)),
        "the keepalive's time is 0.5 s; the socket takes whole seconds, 1 or more",
    ),
    "a ping of no time": (
        lambda: Http2Keepalive(interval=seconds(0), timeout=seconds(1)),
        "the interval of the HTTP/2 pings is 0 s",
    ),
    "a limit that no field holds": (
        lambda: ConnectionPool(max_connections=2**31),
        "max_connections is 2147483648; it must be 1 or more and at most 2147483647",
    ),
    "a time finer than a millisecond": (
        lambda: ConnectionPool(connect_timeout=milliseconds(1.5)),
        "the connect_timeout is 0.0015 s; Istio takes whole milliseconds only",
    ),
    "an ejection after no failure to connect": (
        lambda: OutlierDetection(consecutive_local_origin_failures=0),
        "consecutive_local_origin_failures is 0; it must be 1 or more",
    ),
    "an abort with two statuses": (
        lambda: Abort(503, grpc_status=GrpcStatus.UNAVAILABLE),
        "the fault is abort 503 and gRPC UNAVAILABLE on 100 %; an abort answers one status",
    ),
    "an abort with no status": (lambda: Abort(), "abort no status on 100 %; an abort answers one status"),
    "a warm-up that does not grow": (
        lambda: WarmUp(seconds(1), aggression=0),
        "the warm-up's aggression is 0; it is above 0",
    ),
    "a ring that Envoy refuses": (lambda: RingHash(minimum_size=2**24), "the ring's minimum_size is 16777216"),
    "a Maglev table that is no prime": (
        lambda: Maglev(table_size=65536),
        "the Maglev table_size is 65536; it must be a",
    ),
    "a Maglev table too large": (lambda: Maglev(table_size=5000011), "at most 5000010"),
    "a path without a cookie": (
        lambda: ConsistentHash(header="x", cookie_path="/"),
        "is by header and has a cookie's path or attributes",
    ),
    "a cookie's path without slash": (
        lambda: ConsistentHash(cookie="c", cookie_path="x"),
        "the cookie_path is 'x'; a path starts with '/'",
    ),
    "a cookie's attribute twice": (
        lambda: ConsistentHash(cookie="c", cookie_attributes=[("a", "1"), ("a", "2")]),
        "the cookie has the attribute 'a' twice",
    ),
    "a region that fails over to itself": (lambda: LocalityFailover({"a": "a"}), "region 'a' fails over to itself"),
    "a zone in a failover": (lambda: LocalityFailover({"a/b": "c"}), "the failover names the region 'a/b'"),
    "two orders of a failover": (
        lambda: LocalityFailover({"a": "b"}, priority=["topology.kubernetes.io/zone"]),
        "the failover has regions and the label 'topology.kubernetes.io/zone'",
    ),
    "a failover of a region to two": (
        lambda: LocalityFailover([("a", "b"), ("a", "c")]),
        "region 'a' fails over to two regions",
    ),
    "shares under 100": (lambda: LocalityDistribution({"a": {"a": 99}}), "have shares of 99 % in all"),
    "a share of nothing": (lambda: LocalityDistribution({"a": {"a": 100, "b": 0}}), "the share of 'b' is 0"),
    "localities that overlap": (
        lambda: LocalityDistribution({"a/*": {"a/b": 50, "a/*": 50}}),
        "the localities 'a/b' and 'a/*' overlap",
    ),
    "a wildcard in the middle": (lambda: LocalityDistribution({"a/*/c": {"a": 100}}), "the locality 'a/*/c' is none"),
    "distribution of nothing": (lambda: LocalityDistribution({}), "the locality distribution shares nothing out"),
    "a failover without ejection": (
        lambda: TrafficPolicy(SHOP, locality=LocalityFailover()),
        "the traffic policy of 'shop' fails over to other localities and never ejects an endpoint",
    ),
    "a port policy of nothing": (lambda: PortPolicy(80), "the policy of port 80 changes nothing"),
    "a policy of a port that is not there": (
        lambda: TrafficPolicy(SHOP, ports=[PortPolicy(8080, load_balancer=RoundRobin())]),
        "has a policy of port 8080, which 'shop' does not have; its ports are 80",
    ),
    "two policies of one port": (
        lambda: TrafficPolicy(SHOP, ports=[PortPolicy(80, load_balancer=RoundRobin())] * 2),
        "has two policies of port 80",
    ),
    "TLS of one's own between workloads": (
        lambda: TrafficPolicy(SHOP, tls=TLSOrigination()),
        "the traffic policy of workload 'shop' originates TLS; between workloads the mesh does mutual TLS by itself",
    ),
    "a version passed through": (
        lambda: Subset("s", of=OLD, load_balancer=Passthrough()),
        "the subset 's' passes requests through to version 'old'",
    ),
    "a key without its certificate": (
        lambda: TLSOrigination(private_key="/key"),
        "a client certificate without a private key, or a key without a certificate",
    ),
    "a relative path of authorities": (
        lambda: TLSOrigination(ca_certificates="ca.pem"),
        "the ca_certificates are in 'ca.pem'; give the absolute path",
    ),
    "a certificate of no issuer": (
        lambda: IssuedCertificate("c", hosts=["a.test"]),
        "certificate 'c' has no issuer; give it either cluster_issuer or issuer",
    ),
    "a certificate for no host": (
        lambda: IssuedCertificate("c", hosts=[], issuer="i"),
        "certificate 'c' is for no host",
    ),
    "a server without host": (lambda: HTTPServer([]), "the HTTPServer serves no host"),
    "names of callers that are not asked": (
        lambda: HTTPSServer(["a.test"], certificate=SECRET, subject_alt_names=["x"]),
        "has subject_alt_names for callers and asks them for no certificate",
    ),
    "ciphers of TLS 1.2 with TLS 1.3 alone": (
        lambda: HTTPSServer(["a.test"], certificate=SECRET, min_version=TLSVersion.V1_3, cipher_suites=["AES128-SHA"]),
        "wants TLS 1.3 at least, beside TLS 1.2 at most or its ciphers",
    ),
    "a cipher that Envoy does not know": (
        lambda: HTTPSServer(["a.test"], certificate=SECRET, cipher_suites=["RC4"]),
        "has the cipher 'RC4' twice, or Envoy does not know it",
    ),
    "TLS and plain HTTP on one port": (
        lambda: Gateway("g", servers=[HTTPServer(["a.test"], port=443), TLSPassthrough(["b.test"])]),
        "gateway 'g' speaks both plain HTTP and TLS on port 443",
    ),
    "a host redirected and served on one port": (
        lambda: Gateway("g", hosts=["a.test"], servers=[RedirectToHTTPS(["a.test"])]),
        "gateway 'g' is given the host 'a.test' twice on port 80",
    ),
    "a gateway's host of one part": (lambda: Gateway("g", hosts=["shop"]), "gateway 'g' serves 'shop'"),
    "a service outside without host": (lambda: outside(hosts=[]), "has 0 hosts; give 1 to 256"),
    "a short host outside": (lambda: outside(hosts=["api"]), "a short name means another host in each namespace"),
    "an address for a host": (lambda: outside(hosts=["192.0.2.1"]), "is the address '192.0.2.1'"),
    "a port twice": (lambda: outside(ports=[*HTTP, *HTTP]), "is given '80' twice"),
    "a wildcard that DNS can not find": (
        lambda: outside(hosts=["*.example.com"]),
        "is found by DNS and has the host '*.example.com', which DNS can not look up",
    ),
    "a fixed service without endpoint": (
        lambda: outside(resolution=Resolution.STATIC),
        "is found by STATIC and has no endpoint to send to; give it endpoints",
    ),
    "a fixed endpoint by name": (
        lambda: outside(resolution=Resolution.STATIC, endpoints=["db.example.com"]),
        "has the endpoint 'db.example.com'; give it IP addresses",
    ),
    "an endpoint that nobody uses": (
        lambda: outside(resolution=Resolution.NONE, endpoints=["192.0.2.1"]),
        "which is never used",
    ),
    "two endpoints where one is used": (
        lambda: outside(resolution=Resolution.DNS_ROUND_ROBIN, endpoints=["a.test", "b.test"]),
        "has 2 endpoints, of which only one is used",
    ),
    "a range that DNS does not use": (lambda: outside(addresses=["192.0.2.0/24"]), "has a range for its address"),
    "an address that is none": (lambda: outside(addresses=["a.test"]), "has the address 'a.test'; give an IP address"),
    "two hosts on a TCP port": (
        lambda: outside(hosts=["a.test", "b.test"], ports=[ExternalPort(1, Protocol.TCP)]),
        "has 2 hosts on the TCP port 1, where none is named",
    ),
    "a dynamic host that is no wildcard": (
        lambda: outside(resolution=Resolution.DYNAMIC_DNS),
        "has a host that is no wildcard",
    ),
    "a policy of a service that is not declared": (
        lambda: Mesh(versions=[OLD], policies=[TrafficPolicy(outside(), load_balancer=RandomChoice())]),
        "a traffic policy is for external service 'api', which this mesh does not declare; declared are none",
    ),
    "a route to a version of what is passed through": (
        lambda: Mesh(
            versions=[OLD],
            virtual_services=[VirtualService(SHOP, [Route("all", to=OLD)])],
            policies=[TrafficPolicy(SHOP, load_balancer=Passthrough())],
        ),
        "route 'all' of host shop goes to shop old, and the policy of shop is Passthrough",
    ),
    "a split by a hash on a port": (
        lambda: Mesh(
            versions=[OLD, SHOP.version("new")],
            virtual_services=[VirtualService(SHOP, [Route("all", to=Split({OLD: 1, SHOP.version("new"): 1}))])],
            policies=[TrafficPolicy(SHOP, ports=[PortPolicy(80, load_balancer=ConsistentHash(header="x"))])],
        ),
        "route 'all' of host shop",
    ),
    "one host outside declared twice": (
        lambda: Mesh(
            versions=[OLD],
            external_services=[
                outside(),
                ExternalService("other", namespace="shop", hosts=["api.example.com"], ports=HTTP),
            ],
        ),
        "the external host 'api.example.com' is declared twice",
    ),
    "a port's failover without ejection": (
        lambda: TrafficPolicy(
            SHOP,
            circuit_breaker=CircuitBreaker(connection_pool=ConnectionPool(max_connections=1)),
            ports=[PortPolicy(80, locality=LocalityFailover())],
        ),
        "the traffic policy of port 80 of 'shop' fails over",
    ),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_part_that_can_never_be_right_is_refused(make: Callable[[], object], message: str) -> None:
    """The message names the part, the value given, and what is allowed."""
    with pytest.raises(ValueError, match=r".") as refused:
        make()
    assert message in str(refused.value)


def test_a_host_knows_whether_it_is_taken_in_plain_http() -> None:
    """Redirected or by TLS alone: no."""
    gateway = Gateway("g", hosts=["p.test"], servers=[RedirectToHTTPS(["a.test"]), TLSPassthrough(["*.b.test"])])
    assert gateway.host("p.test").plain is not None
    assert gateway.host("a.test").plain is None
    assert gateway.host("x.b.test").plain is None
