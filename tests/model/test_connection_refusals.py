"""Routes of connections and ways out that could never be right are refused when they are made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.model import (
    EgressGateway,
    ExternalPort,
    ExternalService,
    From,
    Gateway,
    Header,
    HeaderOperations,
    HTTPServer,
    Mesh,
    Percent,
    Port,
    PortPolicy,
    Protocol,
    Resolution,
    RetryBudget,
    RoundRobin,
    Route,
    Split,
    StickyCanary,
    Subset,
    TCPRoute,
    TCPServer,
    TLSPassthrough,
    TLSRoute,
    TrafficPolicy,
    VirtualService,
    Workload,
    milliseconds,
)

SHOP = Workload("shop", namespace="shop", port=8000)
VAULT = Workload("vault", namespace="shop", port=8443, service_port=443, protocol=Protocol.TLS)
QUEUE = Workload("queue", namespace="shop", port=9092, protocol=Protocol.TCP)
OLD = SHOP.version("old")
PUBLIC = Gateway("public", hosts=["a.test"], servers=[TLSPassthrough(["b.test"]), TCPServer(9092)])
BANK = ExternalService("bank", namespace="shop", hosts=["bank.test"], ports=[ExternalPort(80)])
WIDE = ExternalService(
    "wide", namespace="shop", hosts=["*.c.test", "d.test"], ports=[ExternalPort(80)], resolution=Resolution.NONE
)
VERSIONS = [OLD, VAULT.version("one"), QUEUE.version("one")]
TO_BANK = Route("all", to=BANK.port(80))
PORT_RULE = PortPolicy(80, load_balancer=RoundRobin())
BUDGET = RetryBudget()


def outside(*ports: ExternalPort, hosts: tuple[str, ...] = ("c.test",)) -> ExternalService:
    return ExternalService("c", namespace="shop", hosts=hosts, ports=ports)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "requests on a host that is passed through": (
        lambda: VirtualService(PUBLIC.host("b.test"), [Route("all", to=SHOP)]),
        "is a Route and never gets anything: what comes there is TLS. Make it a TLSRoute",
    ),
    "a handshake where HTTP is spoken": (
        lambda: VirtualService(PUBLIC.host("a.test"), [TLSRoute("all", to=VAULT)]),
        "is a TLSRoute and never gets anything: what comes there is HTTP. Make it a Route",
    ),
    "requests on a TCP port": (
        lambda: VirtualService(PUBLIC.tcp(9092), [Route("all", to=SHOP)]),
        "what comes there is TCP. Make it a TCPRoute",
    ),
    "requests to a TLS service": (
        lambda: VirtualService(SHOP, [Route("all", to=VAULT)]),
        "sends requests to vault, which speaks TLS",
    ),
    "TLS passed on to plain HTTP": (
        lambda: VirtualService(PUBLIC.host("b.test"), [TLSRoute("all", to=SHOP)]),
        "passes TLS on to shop, which speaks HTTP in plain",
    ),
    "a TCP port that the gateway lacks": (lambda: PUBLIC.tcp(9093), "it has them at 9092. Add TCPServer"),
    "a TCP port that is none": (lambda: TCPServer(0), "the port of the TCPServer is 0"),
    "TCP and HTTP on one port": (
        lambda: Gateway("g", servers=[HTTPServer(["a.test"]), TCPServer(80)]),
        "speaks both plain HTTP and TCP on port 80",
    ),
    "two TCP servers on one port": (
        lambda: Gateway("g", servers=[TCPServer(90), TCPServer(90)]),
        "has two TCP servers on port 90",
    ),
    "a header of a connection": (
        lambda: TCPRoute("x", to=QUEUE, when=Header("a")),  # type: ignore[arg-type]
        "a condition of Header",
    ),
    "two ports of a connection": (
        lambda: TCPRoute("x", to=QUEUE, when=[Port(1), Port(2)]),
        "two conditions of Port",
    ),
    "changed headers of a connection": (
        lambda: TLSRoute("x", to=Split({VAULT: 1}, request_headers={VAULT: HeaderOperations(set={"a": "b"})})),
        "changes headers, which the proxy can not read",
    ),
    "a caller of a gateway's connection": (
        lambda: VirtualService(PUBLIC.tcp(9092), [TCPRoute("x", to=QUEUE, when=From(SHOP))]),
        "does not call by the gateway",
    ),
    "a port that a service does not have": (
        lambda: VirtualService(QUEUE, [TCPRoute("x", to=QUEUE, when=Port(99))]),
        "the host is called at 80",
    ),
    "a connection route behind one that takes all": (
        lambda: VirtualService(QUEUE, [TCPRoute("x", to=QUEUE), TCPRoute("y", to=QUEUE)]),
        "route 'y' of host queue never gets a request",
    ),
    "a route behind one for the only port": (
        lambda: VirtualService(QUEUE, [TCPRoute("x", to=QUEUE, when=Port(80)), TCPRoute("y", to=QUEUE)]),
        "route 'y' of host queue never gets a request; route 'x' before it takes all",
    ),
    "a port that a host outside does not have": (lambda: BANK.port(81), "has no port 81; it has 80"),
    "one of several hosts outside": (lambda: WIDE.port(80), "say which of them the route goes to"),
    "a wildcard as a place": (lambda: WIDE.port(80, host="*.c.test"), "none with '\\*', which says no place"),
    "a split across the mesh's edge": (
        lambda: Split({SHOP: 50, BANK.port(80): 50}),
        "the split is over versions of 'bank' and 'shop'",
    ),
    "a sticky canary outside": (
        lambda: StickyCanary("c", {BANK.port(80): 50, OLD: 50}),
        "the split is over versions of",
    ),
    "routes of a host outside that is not declared": (
        lambda: Mesh(versions=VERSIONS, virtual_services=[VirtualService(BANK, [TO_BANK])]),
        "'bank', which this mesh does not declare",
    ),
    "a destination outside that is not declared": (
        lambda: Mesh(versions=VERSIONS, virtual_services=[VirtualService(SHOP, [TO_BANK])]),
        "'bank', which this mesh does not declare",
    ),
    "an egress gateway for nobody": (lambda: EgressGateway("out", of=[]), "is for no service"),
    "one service twice at the egress gateway": (lambda: EgressGateway("out", of=[BANK, BANK]), "twice; give it once"),
    "two services of one name at the egress gateway": (
        lambda: EgressGateway(
            "out",
            of=[BANK, ExternalService("bank", namespace="else", hosts=["bank.else.test"], ports=[ExternalPort(80)])],
        ),
        "for another of that name in another namespace",
    ),
    "several hosts at the egress gateway": (lambda: EgressGateway("out", of=[WIDE]), "could not be told apart"),
    "a TCP port at the egress gateway": (
        lambda: EgressGateway("out", of=[outside(ExternalPort(90, Protocol.TCP))]),
        "port 90 is TCP and names no host",
    ),
    "two ports of requests at the egress gateway": (
        lambda: EgressGateway("out", of=[outside(ExternalPort(80), ExternalPort(81))]),
        "ports 80 and 81 could not be told apart",
    ),
    "an egress gateway for what is not declared": (
        lambda: Mesh(versions=VERSIONS, egress_gateway=EgressGateway("out", of=[BANK])),
        "the egress gateway is for external service 'bank', which this mesh does not declare",
    ),
    "a caller behind the egress gateway": (
        lambda: Mesh(
            versions=VERSIONS,
            external_services=[BANK],
            egress_gateway=EgressGateway("out", of=[BANK]),
            virtual_services=[
                VirtualService(BANK, [Route("x", to=BANK.port(80), when=From(SHOP)), Route("y", to=BANK.port(80))])
            ],
        ),
        "is told by its caller or port, and it is the egress gateway that calls",
    ),
    "a retry budget of nothing": (lambda: RetryBudget(at_least=0), "at_least of the retry budget is 0"),
    "a retry budget over no time": (lambda: RetryBudget(over=milliseconds(0)), "the time over which the retry budget"),
    "a retry budget of more than all": (lambda: RetryBudget(Percent(101)), "does not exist"),
    "a retry budget beside a port's policy": (
        lambda: TrafficPolicy(SHOP, retry_budget=BUDGET, ports=[PORT_RULE]),
        "Istio has no retry budget on such a port",
    ),
    "a retry budget above a subset's port": (
        lambda: Mesh(
            versions=VERSIONS,
            policies=[TrafficPolicy(SHOP, retry_budget=BUDGET)],
            virtual_services=[VirtualService(SHOP, [Route("x", to=Subset("part", of=OLD, ports=[PORT_RULE]))])],
        ),
        "on which the retry budget of shop would not hold",
    ),
}


@pytest.mark.parametrize(("make", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_can_never_be_right_is_refused(make: Callable[[], object], said: str) -> None:
    """The message says what is wrong and what to do."""
    with pytest.raises(ValueError, match=said):
        make()
