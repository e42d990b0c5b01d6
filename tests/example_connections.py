"""Meshes of connections and of ways out: TLS by SNI, TCP by port, hosts outside as destinations, an egress gateway."""

from components.model import (
    EgressGateway,
    ExternalPort,
    ExternalService,
    From,
    Gateway,
    Header,
    Mesh,
    Mirror,
    PathPrefix,
    Percent,
    Port,
    PortPolicy,
    Protocol,
    RetryBudget,
    Rewrite,
    Route,
    Split,
    TCPRoute,
    TCPServer,
    TLSOrigination,
    TLSPassthrough,
    TLSRoute,
    TrafficPolicy,
    VirtualService,
    Workload,
    seconds,
)

FRONT = Workload("front", namespace="shop", port=8000)
VAULT = Workload("vault", namespace="shop", port=8443, service_port=443, protocol=Protocol.TLS)
QUEUE = Workload("queue", namespace="shop", port=9092, service_port=9092, protocol=Protocol.TCP)
FRONT_ONE = FRONT.version("one")
VAULT_ONE, VAULT_TWO = VAULT.version("one"), VAULT.version("two")
QUEUE_ONE, QUEUE_TWO = QUEUE.version("one"), QUEUE.version("two")
VERSIONS = [FRONT_ONE, VAULT_ONE, VAULT_TWO, QUEUE_ONE, QUEUE_TWO]

BANK = ExternalService(
    "bank",
    namespace="shop",
    hosts=["bank.example.com"],
    ports=[ExternalPort(80, target=443), ExternalPort(443, Protocol.TLS)],
)
NEWS = ExternalService(
    "news", namespace="shop", hosts=["news.example.org", "old.example.org"], ports=[ExternalPort(80)]
)


def connections_mesh() -> Mesh:
    """A gateway that passes TLS through and takes TCP; workloads that speak TLS and TCP, routed by their callers too."""
    public = Gateway(
        "public", servers=[TLSPassthrough(["vault.mesh.test", "old.mesh.test"]), TCPServer(9092), TCPServer(9093)]
    )
    return Mesh(
        versions=VERSIONS,
        virtual_services=[
            VirtualService(
                public.host("vault.mesh.test"), [TLSRoute("split", to=Split({VAULT_ONE: 75, VAULT_TWO: 25}))]
            ),
            VirtualService(public.host("old.mesh.test"), [TLSRoute("at-443", when=Port(443), to=BANK.port(443))]),
            VirtualService(public.tcp(9092), [TCPRoute("split", to=Split({QUEUE_ONE: 50, QUEUE_TWO: 50}))]),
            VirtualService(public.tcp(9093), [TCPRoute("all", to=QUEUE)]),
            VirtualService(
                VAULT, [TLSRoute("front", when=From(FRONT), to=VAULT_TWO), TLSRoute("others", to=VAULT_ONE)]
            ),
            VirtualService(
                QUEUE,
                [TCPRoute("front", when=[From(FRONT_ONE), Port(9092)], to=QUEUE_TWO), TCPRoute("others", to=QUEUE_ONE)],
            ),
        ],
        policies=[TrafficPolicy(FRONT, retry_budget=RetryBudget(Percent(10), at_least=5, over=seconds(1)))],
        external_services=[BANK],
    )


def outside_mesh() -> Mesh:
    """Hosts outside as destinations of a gateway's and of a workload's routes, and with routes of their own."""
    public = Gateway("public", hosts=["a.mesh.test"])
    site = Rewrite(authority="bank.example.com")
    return Mesh(
        versions=VERSIONS,
        virtual_services=[
            VirtualService(
                public.host("a.mesh.test"),
                [Route("pay", when=PathPrefix("/pay"), to=BANK.port(80), rewrite=site), Route("rest", to=FRONT)],
            ),
            VirtualService(
                FRONT,
                [
                    Route("copied", when=Header("x-copy"), to=FRONT, mirror=Mirror(BANK.port(80), share=Percent(5))),
                    Route("rest", to=FRONT),
                ],
            ),
            VirtualService(NEWS, [Route("slow", to=NEWS.port(80, host="news.example.org"), timeout=seconds(3))]),
        ],
        policies=[TrafficPolicy(BANK, ports=[PortPolicy(80, tls=TLSOrigination(sni="bank.example.com"))])],
        external_services=[BANK, NEWS],
    )


def egress_mesh() -> Mesh:
    """Two hosts that are left for by the egress gateway, each with a route of its own there."""
    mail = ExternalService("mail", namespace="shop", hosts=["mail.example.com"], ports=[ExternalPort(80)])
    return Mesh(
        versions=VERSIONS,
        virtual_services=[
            VirtualService(mail, [Route("quick", to=mail.port(80), timeout=seconds(2))]),
            VirtualService(BANK, [Route("all", to=BANK.port(80))]),
        ],
        policies=[TrafficPolicy(BANK, ports=[PortPolicy(80, tls=TLSOrigination(sni="bank.example.com"))])],
        external_services=[BANK, mail],
        egress_gateway=EgressGateway("out", of=[BANK, mail]),
    )


MESHES = {"connections": connections_mesh, "outside": outside_mesh, "egress": egress_mesh}
