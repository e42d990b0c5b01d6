"""Connections on real proxies: TLS by the name in its handshake, TCP by port and caller, in shares by weight."""

from __future__ import annotations

import socket
import ssl
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from components.experiments.statistics import shares_p
from components.manifests.names import INGRESS_NAMESPACE, service_host
from components.model import (
    From,
    Gateway,
    Mesh,
    Percent,
    Protocol,
    RetryBudget,
    Split,
    TCPRoute,
    TCPServer,
    TLSPassthrough,
    TLSRoute,
    TrafficPolicy,
    Version,
    VirtualService,
    Workload,
    seconds,
)
from tests.e2e.beside import CLIENT, OUTSIDER, Ask, Beside, Item, pod_of, until, url

pytestmark = pytest.mark.lab

NAMESPACE = "connections"
CALLER, OTHER = (Workload(name, namespace=NAMESPACE, port=8000) for name in ("caller", "other"))
VAULT = Workload("vault", namespace=NAMESPACE, port=8443, service_port=443, protocol=Protocol.TLS)
QUEUE = Workload("queue", namespace=NAMESPACE, port=8000, service_port=9092, protocol=Protocol.TCP)
CALLER_ONE, OTHER_ONE = CALLER.version("one"), OTHER.version("one")
VAULT_OLD, VAULT_NEW = VAULT.version("old"), VAULT.version("new")
QUEUE_OLD, QUEUE_NEW = QUEUE.version("old"), QUEUE.version("new")

PUBLIC = Gateway("connections", servers=[TLSPassthrough(["vault.connections.test"]), TCPServer(9092)])
VAULT_SPLIT, QUEUE_SPLIT = Split({VAULT_OLD: 75, VAULT_NEW: 25}), Split({QUEUE_OLD: 20, QUEUE_NEW: 80})
BUDGET = RetryBudget(Percent(10), at_least=5, over=seconds(1))

MESH = Mesh(
    versions=[CALLER_ONE, OTHER_ONE, VAULT_OLD, VAULT_NEW, QUEUE_OLD, QUEUE_NEW],
    virtual_services=[
        VirtualService(PUBLIC.host("vault.connections.test"), [TLSRoute("split", to=VAULT_SPLIT)]),
        VirtualService(PUBLIC.tcp(9092), [TCPRoute("split", to=QUEUE_SPLIT)]),
        VirtualService(VAULT, [TLSRoute("caller", when=From(CALLER), to=VAULT_NEW), TLSRoute("others", to=VAULT_OLD)]),
        VirtualService(QUEUE, [TCPRoute("caller", when=From(CALLER), to=QUEUE_NEW), TCPRoute("others", to=QUEUE_OLD)]),
    ],
    policies=[TrafficPolicy(OTHER, retry_budget=BUDGET)],
)
"""servicex behind `queue` answers HTTP; its port is declared as TCP, so no proxy on the way reads that."""

CONNECTIONS = 300
UNLIKELY = 1e-5
"""The false-alarm rate of each split's exact test."""

SERVE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 1 -subj /CN=vault-{version} "
    "-keyout /dev/shm/key -out /dev/shm/certificate && "
    "exec openssl s_server -quiet -www -accept 8443 -cert /dev/shm/certificate -key /dev/shm/key"
)
"""A TLS server with a certificate of its own, whose subject tells the version."""


@dataclass(frozen=True)
class Connected:
    """Connections from this host, from a pod without a proxy, and from the workloads' own pods."""

    beside: Beside
    gateway: str
    """The address of a pod of the ingress gateway, as other pods reach it."""

    def by_gateway(self, count: int) -> Counter[str]:
        """Which version of vault ended the TLS of each connection to the gateway's passed-through host."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return Counter(self._subject(context) for _ in range(count))

    def from_caller(self, version: Version) -> str:
        """Which certificate the vault shows to a program of that version that calls it by its full name."""
        host = service_host(VAULT)
        script = (
            f"openssl s_client -connect {host}:443 -servername {host} </dev/null 2>/dev/null "
            "| openssl x509 -noout -subject"
        )
        said = self.beside.kubectl("exec", *pod_of(version), "--container", CLIENT, "--", "/bin/sh", "-c", script)
        return said.stdout.strip()

    def queues(self, pod: Sequence[str], at: str, count: int) -> Counter[str | None]:
        """Which version of queue answered each of as many connections."""
        return Counter(answer.version for answer in self.beside.call(pod, [Ask(at)] * count, keep_alive=False))

    def _subject(self, context: ssl.SSLContext) -> str:
        address = (self.beside.gateway_address(), 443)
        with (
            socket.create_connection(address, timeout=10) as plain,
            context.wrap_socket(plain, server_hostname="vault.connections.test") as secured,
        ):
            certificate = secured.getpeercert(binary_form=True) or b""
        return next((name for name in ("old", "new") if f"vault-{name}".encode() in certificate), "neither")


@pytest.fixture(scope="module", name="connected")
def _connected(beside: Beside) -> Iterator[Connected]:
    """The mesh, once every way into it is open."""

    def serving(version: Version, deployment: Item) -> None:
        if version.workload == VAULT:
            container = deployment["spec"]["template"]["spec"]["containers"][0]
            container["image"] = beside.client
            container["command"] = ["/bin/sh", "-c", SERVE.format(version=version.name)]

    outsider = beside.outsider(NAMESPACE)
    with beside.running(MESH, callers=[CALLER, OTHER], more=[outsider], change=serving):
        beside.got("wait", "--namespace", NAMESPACE, "--for=condition=Ready", f"pod/{OUTSIDER}", "--timeout=90s")
        address = beside.got(
            *("get", "pods", "--namespace", INGRESS_NAMESPACE, "--output", "jsonpath={.items[0].status.podIP}")
        )
        connected = Connected(beside, address)
        until(lambda: _open(connected.by_gateway), "TLS passed through by the gateway")
        for version in (CALLER_ONE, OTHER_ONE):
            until(lambda version=version: "vault" in connected.from_caller(version), f"the vault for {version}")  # type: ignore[misc]
            until(lambda version=version: _knows_queue(beside, version), f"the queue known to {version}")  # type: ignore[misc]
        until(lambda: None not in connected.queues(_outsider(), f"http://{address}:9092/", 2), "the gateway's TCP port")
        yield connected


def test_a_gateway_passes_tls_on_in_the_declared_shares(connected: Connected) -> None:
    """The certificates are those of the versions, in 75 to 25; exact binomial test at one false alarm in 100,000."""
    seen = connected.by_gateway(CONNECTIONS)
    assert set(seen) == {"old", "new"}
    assert shares_p([seen["old"], seen["new"]], [0.75, 0.25]) > UNLIKELY, seen


def test_a_gateway_shares_out_the_connections_of_a_tcp_port(connected: Connected) -> None:
    """20 to 80, by connection, at a port that no HTTP server of the gateway has."""
    seen = connected.queues(_outsider(), f"http://{connected.gateway}:9092/", CONNECTIONS)
    assert set(seen) == {"old", "new"}
    assert shares_p([seen["old"], seen["new"]], [0.2, 0.8]) > UNLIKELY, seen


@pytest.mark.parametrize(("caller", "version"), [(CALLER_ONE, "new"), (OTHER_ONE, "old")], ids=["caller", "other"])
def test_tls_inside_the_mesh_goes_where_its_caller_is_told(connected: Connected, caller: Version, version: str) -> None:
    """Nothing of the request can be read, so only who calls can decide."""
    assert connected.from_caller(caller).endswith(f"vault-{version}")


@pytest.mark.parametrize(("caller", "version"), [(CALLER_ONE, "new"), (OTHER_ONE, "old")], ids=["caller", "other"])
def test_tcp_inside_the_mesh_goes_where_its_caller_is_told(connected: Connected, caller: Version, version: str) -> None:
    """Every one of twenty connections."""
    assert connected.queues(pod_of(caller), url(QUEUE), 20) == {version: 20}


def test_a_retry_budget_reaches_the_callers_proxies(connected: Connected) -> None:
    """Envoy's own configuration has it, though the policy declares no connection pool, without which istiod drops it."""
    whole = connected.beside.clusters(pod_of(CALLER_ONE), OTHER)[""]
    (threshold,) = whole["circuit_breakers"]["thresholds"]
    budget = threshold["retry_budget"]
    assert (budget["budget_percent"], budget["min_retry_concurrency"]) == ({"value": 10}, 5)
    assert budget["budget_interval"] == "1s"


def _outsider() -> list[str]:
    return ["--namespace", NAMESPACE, OUTSIDER]


def _open(connect: object) -> bool:
    try:
        seen: Counter[str] = connect(1)  # type: ignore[operator]
    except OSError:
        return False
    return "neither" not in seen


def _knows_queue(beside: Beside, version: Version) -> bool:
    return bool(beside.endpoints(pod_of(version), QUEUE))
