"""Whatever the words of resilience, balancing and gateways let one build, for hypothesis; small."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from components.model import (
    CircuitBreaker,
    ClientCertificate,
    ConnectionPool,
    ConsistentHash,
    ExternalPort,
    ExternalService,
    Gateway,
    GivenCertificate,
    Http2Keepalive,
    HTTPServer,
    HTTPSServer,
    IssuedCertificate,
    LeastRequest,
    LocalityDistribution,
    LocalityFailover,
    Location,
    Maglev,
    Mesh,
    NoLocality,
    OutlierDetection,
    Passthrough,
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
)
from components.model.servers import CIPHERS

Made = TypeVar("Made")

SHOP = Workload("shop", namespace="shop", port=8000)
OLD = SHOP.version("old")
TRIES = 12
NAMES = ["a", "bb", "c-3"]
HOSTS = ["a.test", "b.test", "*.wild.test", "x.wild.test"]


def built(make: Callable[..., Made], **parts: st.SearchStrategy[object]) -> st.SearchStrategy[Made]:
    """What `make` lets one build of the parts; what it refuses is drawn anew."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> Made:
        for _ in range(TRIES):
            given = {name: draw(part) for name, part in parts.items()}
            try:
                return make(**given)
            except ValueError:
                continue
        assume(False)
        raise AssertionError("not reached")

    return draw_one()


def maybe(strategy: st.SearchStrategy[Made]) -> st.SearchStrategy[Made | None]:
    """Or None."""
    return st.none() | strategy


times = st.integers(1, 3_600_000).map(lambda count: timedelta(milliseconds=count))
whole_seconds = st.integers(1, 7200).map(lambda count: timedelta(seconds=count))
counts = st.integers(1, 2**31 - 1)
percents = st.integers(1, 100)

pools = built(
    ConnectionPool,
    max_connections=maybe(counts),
    connect_timeout=maybe(times),
    http1_max_pending_requests=maybe(counts),
    http2_max_requests=maybe(counts),
    max_requests_per_connection=maybe(counts),
    max_retries=maybe(counts),
    max_concurrent_streams=maybe(counts),
    max_connection_duration=maybe(times),
    idle_timeout=maybe(times),
    tcp_idle_timeout=maybe(times | st.just(timedelta(0))),
    tcp_keepalive=maybe(
        built(TcpKeepalive, time=maybe(whole_seconds), interval=maybe(whole_seconds), probes=maybe(counts))
    ),
    http2_keepalive=maybe(built(Http2Keepalive, interval=times, timeout=times)),
    upstream_protocol=maybe(st.sampled_from(UpstreamProtocol)),
)
ejections = built(
    OutlierDetection,
    consecutive_gateway_errors=maybe(counts),
    consecutive_5xx_errors=maybe(counts),
    consecutive_local_origin_failures=maybe(counts),
    interval=times,
    base_ejection_time=times,
    max_ejection_percent=percents,
    min_health_percent=maybe(st.integers(0, 100)),
)
breakers = built(CircuitBreaker, connection_pool=maybe(pools), outlier_detection=maybe(ejections))
warm_ups = st.builds(
    WarmUp,
    times,
    minimum=st.integers(0, 100).map(Percent),
    aggression=st.floats(0.01, 100, allow_nan=False),
)
hashes = built(
    ConsistentHash,
    header=maybe(st.sampled_from(["x-user", "host"])),
    query=maybe(st.sampled_from(["user", "q"])),
    cookie=maybe(st.sampled_from(["user", "c"])),
    cookie_ttl=times | st.just(timedelta(0)),
    cookie_path=maybe(st.sampled_from(["/", "/a"])),
    cookie_attributes=st.lists(st.tuples(st.sampled_from(["SameSite", "Secure"]), st.sampled_from(["", "Lax"]))),
    source_ip=st.booleans(),
    by=maybe(
        st.builds(RingHash, minimum_size=st.integers(1, 8388608))
        | st.builds(Maglev, table_size=st.sampled_from([2, 251, 65537]))
    ),
)
balancers = (
    st.builds(RoundRobin, warm_up=maybe(warm_ups))
    | st.builds(LeastRequest, warm_up=maybe(warm_ups))
    | st.builds(RandomChoice)
    | st.builds(Passthrough)
    | hashes
)
regions = st.sampled_from(["east", "west", "north"])
failovers = built(
    LocalityFailover,
    regions=st.dictionaries(regions, regions, max_size=2),
    priority=st.lists(st.sampled_from(["version", "zone=a", "topology.kubernetes.io/zone"]), max_size=2),
)
places = st.sampled_from(["east", "east/a", "east/a/1", "west/*", "west/b/*", "north/c"])
shares = st.lists(places, min_size=1, max_size=3, unique=True).map(
    lambda to: dict.fromkeys(to[1:], 10) | {to[0]: 100 - 10 * len(to[1:])}
)
distributions = built(LocalityDistribution, shares=st.dictionaries(places, shares, min_size=1, max_size=2))
localities = failovers | distributions | st.just(NoLocality())
paths = st.sampled_from(["/etc/a.pem", "/etc/b.pem"])
originations = built(
    TLSOrigination,
    sni=maybe(st.sampled_from(["a.test", "b.test"])),
    subject_alt_names=st.lists(st.sampled_from(["a.test", "spiffe://b"]), max_size=2, unique=True),
    ca_certificates=maybe(paths),
    client_certificate=maybe(paths),
    private_key=maybe(paths),
)
external_ports = st.builds(
    ExternalPort,
    st.sampled_from([80, 443, 5432]),
    st.sampled_from(Protocol),
    target=maybe(st.integers(1, 65535)),
)
externals = built(
    lambda **given: ExternalService("api", namespace="outside", **given),
    hosts=st.lists(st.sampled_from(["api.example.com", "*.example.org", "b.example.com"]), min_size=1, max_size=2),
    ports=st.lists(external_ports, min_size=1, max_size=2),
    resolution=st.sampled_from(Resolution),
    location=st.sampled_from(Location),
    endpoints=st.lists(st.sampled_from(["192.0.2.1", "2001:db8::1", "c.example.com"]), max_size=2),
    addresses=st.lists(st.sampled_from(["192.0.2.9", "192.0.2.0/24", "2001:db8::/32"]), max_size=2),
    subject_alt_names=st.lists(st.sampled_from(["a.test", "spiffe://b"]), max_size=2, unique=True),
)
certificates = (
    st.builds(SecretCertificate, st.sampled_from(NAMES))
    | st.builds(GivenCertificate, st.sampled_from(NAMES))
    | st.builds(
        lambda name: IssuedCertificate(name, hosts=["a.test"], cluster_issuer="letsencrypt"), st.sampled_from(NAMES)
    )
)
some_hosts = st.lists(st.sampled_from(HOSTS), min_size=1, max_size=2, unique=True)
https = built(
    HTTPSServer,
    hosts=some_hosts,
    certificate=certificates,
    port=st.sampled_from([443, 8443]),
    client_certificate=maybe(st.sampled_from(ClientCertificate)),
    subject_alt_names=st.lists(st.sampled_from(["spiffe://b"]), max_size=1),
    min_version=maybe(st.sampled_from(TLSVersion)),
    max_version=maybe(st.sampled_from(TLSVersion)),
    cipher_suites=st.lists(st.sampled_from(sorted(CIPHERS)), max_size=2, unique=True),
)
servers = (
    https
    | built(HTTPServer, hosts=some_hosts, port=st.sampled_from([80, 8080]))
    | built(RedirectToHTTPS, hosts=some_hosts, port=st.sampled_from([80, 8080]))
    | built(TLSPassthrough, hosts=some_hosts, port=st.sampled_from([443, 8443]))
)
gateways = built(
    lambda **given: Gateway("public", **given),
    hosts=st.lists(st.sampled_from(HOSTS), max_size=1),
    servers=st.lists(servers, max_size=3),
)


def port_policies(number: int, tls: st.SearchStrategy[object]) -> st.SearchStrategy[PortPolicy]:
    return built(
        lambda **given: PortPolicy(number, **given),
        load_balancer=maybe(balancers),
        circuit_breaker=maybe(breakers),
        locality=maybe(localities),
        tls=tls,
    )


@st.composite
def meshes(draw: st.DrawFn) -> Mesh:
    """A workload with a policy and a subset, a gateway, and a service outside with a policy of its own."""
    external = draw(externals)
    gateway = draw(gateways)
    number = external.ports[0].number
    breaker = {"circuit_breaker": maybe(breakers), "load_balancer": maybe(balancers), "locality": maybe(localities)}
    policy = draw(
        built(TrafficPolicy, of=st.just(SHOP), ports=st.lists(port_policies(80, st.none()), max_size=1), **breaker)
    )
    outside = draw(
        built(
            TrafficPolicy,
            of=st.just(external),
            tls=maybe(originations),
            ports=st.lists(port_policies(number, maybe(originations)), max_size=1),
            **breaker,
        )
    )
    subset = draw(
        built(
            lambda **given: Subset("part", of=OLD, **given),
            load_balancer=maybe(balancers),
            circuit_breaker=maybe(breakers),
            ports=st.lists(port_policies(80, st.none()), max_size=1),
        )
    )
    hosts = [host for host in map(gateway.host, gateway.all_hosts) if not host.passed_through]
    assume(hosts)
    host = hosts[0]
    try:
        return Mesh(
            versions=[OLD],
            virtual_services=[VirtualService(host, [Route("all", to=subset)])],
            policies=[policy, outside],
            external_services=[external],
        )
    except ValueError:
        assume(False)
        raise
