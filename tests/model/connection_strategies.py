"""Whatever routes of connections, destinations outside and ways out let one build, for hypothesis; small."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from components.model import (
    ConnectionRoute,
    EgressGateway,
    ExternalPort,
    ExternalService,
    From,
    Gateway,
    Mesh,
    Mirror,
    Percent,
    Port,
    Protocol,
    RetryBudget,
    Route,
    Split,
    TCPRoute,
    TCPServer,
    TLSPassthrough,
    TLSRoute,
    TrafficPolicy,
    VirtualService,
    Workload,
    milliseconds,
)
from components.model.connection_routes import ConnectionCondition
from components.model.split import Destination
from components.model.virtual_service import Host
from tests.model.policy_strategies import maybe

SHOP = Workload("shop", namespace="shop", port=8000)
OLD = SHOP.version("old")
OUTSIDE = ("api.example.com", "b.example.com", "c.example.org")
THROUGH = ("a.through.test", "b.through.test")
CONNECTED = (Protocol.TLS, Protocol.HTTPS, Protocol.TCP)

budgets = st.builds(
    RetryBudget,
    st.floats(0, 100, allow_nan=False).map(Percent),
    at_least=st.integers(1, 2**32 - 1),
    over=maybe(st.integers(1, 10**6).map(milliseconds)),
)
externals = st.lists(
    st.builds(
        lambda host, numbers, protocols: ExternalService(
            host.partition(".")[0],
            namespace="outside",
            hosts=[host],
            # istiod tells TCP ports of two services apart by address, so they are left to the workloads here.
            ports=[ExternalPort(number, protocol) for number, protocol in zip(numbers, protocols, strict=False)],
        ),
        st.sampled_from(OUTSIDE),
        st.lists(st.sampled_from([80, 443, 8080]), min_size=2, max_size=2, unique=True),
        st.lists(st.sampled_from([each for each in Protocol if each is not Protocol.TCP]), min_size=1, max_size=2),
    ),
    max_size=3,
    unique_by=lambda external: external.name,
)


@st.composite
def connected_meshes(draw: st.DrawFn) -> Mesh:
    """A workload that speaks HTTP and one that does not, a gateway that passes on, and services outside."""
    vault = Workload("vault", namespace="shop", port=8443, service_port=443, protocol=draw(st.sampled_from(CONNECTED)))
    versions = [vault.version(name) for name in ("one", "two")]
    outside = draw(externals)
    ends = [external.port(port.number) for external in outside for port in external.ports]
    public = Gateway("public", hosts=["a.test"], servers=[TLSPassthrough(THROUGH), TCPServer(9000)])
    secured = [*versions, vault, *(end for end in ends if not end.protocol.of_requests)]
    asked = [OLD, SHOP, *(end for end in ends if end.protocol.of_requests)]

    services = [VirtualService(public.host("a.test"), draw(_requests(asked)))]
    services += [VirtualService(public.host(host), [draw(_connections(TLSRoute, secured, []))]) for host in THROUGH]
    services.append(VirtualService(public.tcp(9000), [draw(_connections(TCPRoute, secured, [Port(9000)]))]))
    kind = TCPRoute if vault.protocol is Protocol.TCP else TLSRoute
    services.append(
        VirtualService(vault, draw(_last(_connections(kind, secured, [From(SHOP), From(OLD), Port(443)]), kind)))
    )
    leaving = [external for external in outside if draw(st.booleans()) and _can_leave(external)]
    for external in outside:
        requests = [port.number for port in external.ports if port.protocol.of_requests]
        if requests and draw(st.booleans()):
            services.append(VirtualService(_host(external), [Route("all", to=external.port(requests[0]))]))
    try:
        return Mesh(
            versions=[OLD, *versions],
            virtual_services=services,
            policies=[TrafficPolicy(SHOP, retry_budget=draw(budgets))],
            external_services=outside,
            egress_gateway=EgressGateway("out", of=leaving) if leaving else None,
        )
    except ValueError:
        assume(False)
        raise


def _host(external: ExternalService) -> Host:
    return external


def _can_leave(external: ExternalService) -> bool:
    try:
        EgressGateway("out", of=[external])
    except ValueError:
        return False
    return True


def _requests(ends: list[Destination]) -> st.SearchStrategy[list[Route]]:
    to = st.sampled_from(ends)
    return st.builds(
        lambda end, copy: [Route("all", to=end, mirror=[Mirror(copy, share=Percent(5))] if copy else [])], to, maybe(to)
    )


def _connections(
    kind: type[ConnectionRoute], ends: list[Destination], conditions: list[ConnectionCondition]
) -> st.SearchStrategy[ConnectionRoute]:
    when: st.SearchStrategy[list[ConnectionCondition]] = (
        st.lists(st.sampled_from(conditions), max_size=2, unique_by=type) if conditions else st.just([])
    )
    return st.builds(lambda end, conditions: kind("first", to=end, when=conditions), _splits(ends), when)


def _splits(ends: list[Destination]) -> st.SearchStrategy[Split]:
    """One destination, or the two versions of the workload by weight."""
    alone = st.sampled_from(ends).map(lambda end: Split({end: 100}))
    return alone | st.integers(1, 99).map(lambda weight: Split({ends[0]: weight, ends[1]: 100 - weight}))


def _last(
    first: st.SearchStrategy[ConnectionRoute], kind: type[ConnectionRoute]
) -> st.SearchStrategy[list[ConnectionRoute]]:
    """The route, and behind one for some callers another that takes the rest."""
    return first.map(lambda route: [route, kind("rest", to=route.to)] if _asks_caller(route) else [route])


def _asks_caller(route: ConnectionRoute) -> bool:
    return any(isinstance(condition, From) for condition in route.when)
