"""The way out on real proxies: calls to services outside leave by the egress gateway, and its rules hold there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from components.manifests.istio import CHARTS, chart_source, chart_values
from components.manifests.names import EGRESS_NAME, EGRESS_NAMESPACE
from components.model import (
    Abort,
    EgressGateway,
    ExternalPort,
    ExternalService,
    Gateway,
    Header,
    HeaderOperations,
    Mesh,
    PathPrefix,
    PortPolicy,
    Protocol,
    Rewrite,
    Route,
    TLSOrigination,
    TrafficPolicy,
    VirtualService,
    Workload,
)
from lab.assemble import settings_of
from lab.host import prepare as machine
from lab.progress import Progress
from tests.e2e.authority import Authority
from tests.e2e.beside import CLIENT, Answer, Ask, Beside, pod_of, until
from tests.e2e.outside_server import NAME, outside_server

pytestmark = pytest.mark.lab

CALLER = Workload("caller", namespace="leaving", port=8000)
ONE = CALLER.version("one")
OUTSIDE = "leaving-outside"
TRUSTED = "/etc/trusted"
BANK_HOST, NEWS_HOST, OPEN_HOST, PAY = "bank.leaving.test", "news.leaving.test", "open.leaving.test", "pay.leaving.test"
MARK = "x-left-by"
PLAIN = "plain"
NOWHERE = "192.0.2.1"
"""An address that nobody has (RFC 5737): the proxy goes by the host or the name in the handshake."""

ANY_ADDRESS = "198.18.0.2"
"""Of the ingress gateway, which the egress gateway's values do not have."""

SERVER = f"{NAME}.{OUTSIDE}.svc.cluster.local"
BANK = ExternalService(
    "bank",
    namespace="leaving",
    hosts=[BANK_HOST],
    ports=[ExternalPort(80, target=443), ExternalPort(443, Protocol.TLS)],
    endpoints=[SERVER],
)
NEWS = ExternalService(
    "news", namespace="leaving", hosts=[NEWS_HOST], ports=[ExternalPort(80, target=443)], endpoints=[SERVER]
)
OPEN = ExternalService(
    "open",
    namespace="leaving",
    hosts=[OPEN_HOST],
    ports=[ExternalPort(80, target=8000)],
    endpoints=[f"{PLAIN}.{OUTSIDE}.svc.cluster.local"],
)
ORIGINATIONS = {each: TLSOrigination(sni=each.hosts[0], ca_certificates=f"{TRUSTED}/ca.pem") for each in (BANK, NEWS)}
PUBLIC = Gateway("leaving", hosts=[PAY])

MESH = Mesh(
    versions=[ONE],
    external_services=[BANK, NEWS, OPEN],
    egress_gateway=EgressGateway("out", of=[BANK]),
    policies=[TrafficPolicy(each, ports=[PortPolicy(80, tls=tls)]) for each, tls in ORIGINATIONS.items()],
    virtual_services=[
        VirtualService(
            BANK,
            [
                Route(
                    "marked",
                    when=Header("x-marked"),
                    to=BANK.port(80),
                    response_headers=HeaderOperations(set={MARK: "the gateway's route"}),
                ),
                Route("rest", to=BANK.port(80)),
            ],
        ),
        VirtualService(
            PUBLIC.host(PAY),
            [Route("pay", when=PathPrefix("/pay"), to=OPEN.port(80), rewrite=Rewrite(authority=OPEN_HOST))],
        ),
        VirtualService(
            OPEN,
            [
                Route("aborted", when=Header("x-fault"), to=OPEN.port(80), abort=Abort(418)),
                Route("rest", to=OPEN.port(80)),
            ],
        ),
    ],
)


@dataclass(frozen=True)
class Leaving:
    """Calls from the workload's own pod, and what the server outside says of who came."""

    beside: Beside

    def ask(self, host: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.beside.call(pod_of(ONE), [Ask(f"http://{NOWHERE}/", host=host, headers=named)])[0]

    def from_gateway(self, asked: Ask) -> list[Answer]:
        """Asked by the workload's pod, whose proxy passes the gateway's address on as it is."""
        return self.beside.call(pod_of(ONE), [asked])

    def handshake(self) -> str:
        """All that the server answers to TLS of the program's own."""
        request = f"GET / HTTP/1.1\\r\\nHost: {BANK_HOST}\\r\\nConnection: close\\r\\n\\r\\n"
        script = (
            f"printf '{request}' | timeout 10 openssl s_client -quiet -connect {NOWHERE}:443 -servername {BANK_HOST} "
            "2>/dev/null"
        )
        ran = self.beside.kubectl("exec", *pod_of(ONE), "--container", CLIENT, "--", "/bin/sh", "-c", script)
        return ran.stdout

    def address(self, namespace: str, labels: str) -> str:
        return self.beside.got(
            *("get", "pods", "--namespace", namespace, "--selector", labels),
            *("--output", "jsonpath={.items[0].status.podIP}"),
        )

    @property
    def gateway(self) -> str:
        return self.address(EGRESS_NAMESPACE, "istio=egress")

    def at_gateway(self, host: str, count: str) -> int:
        """How many requests to the host the gateway's own Envoy has counted, or how many with an answer."""
        counted = self.beside.admin(["--namespace", EGRESS_NAMESPACE, f"deploy/{EGRESS_NAME}"], "clusters")
        lines = [line for line in counted.splitlines() if line.startswith(f"outbound|80||{host}::")]
        return sum(int(line.rpartition("::")[2]) for line in lines if f"::{count}::" in line)


@pytest.fixture(scope="module", name="leaving")
def _leaving(beside: Beside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leaving]:
    """The mesh with its egress gateway, installed by the chart and the values with which the program installs it."""
    folder = tmp_path_factory.mktemp("leaving")
    authority = Authority.make("outside", folder)
    server = authority.issue("server", f"DNS:{BANK_HOST}", f"DNS:{NEWS_HOST}")
    plain = _plain_server(beside.image)
    outside = outside_server(OUTSIDE, image=beside.proxy_image(), pair=server, authority=authority)
    with (
        _egress_proxies(beside, folder, authority),
        beside.running(MESH, callers=[CALLER], more=[*outside, *plain]),
    ):
        leaving = Leaving(beside)
        until(lambda: leaving.ask(BANK_HOST).status == 200, "an answer by the egress gateway")
        until(lambda: leaving.ask(OPEN_HOST).status == 200, "an answer from the plain server")
        until(lambda: "200 OK" in leaving.handshake(), "TLS passed through by the egress gateway")
        yield leaving


def test_requests_leave_by_the_gateway_alone(leaving: Leaving) -> None:
    """The server saw the gateway's address, and the gateway's Envoy counted every one of ten."""
    before = leaving.at_gateway(BANK_HOST, "rq_success")
    answers = [leaving.ask(BANK_HOST) for _ in range(10)]
    assert {(answer.status, answer.headers["x-address"]) for answer in answers} == {(200, leaving.gateway)}
    assert leaving.at_gateway(BANK_HOST, "rq_success") - before == 10


def test_the_gateway_makes_tls_of_it_by_the_services_policy(leaving: Leaving) -> None:
    """Plain HTTP from the program, mutual TLS to the gateway, TLS with the service's name outside."""
    answer = leaving.ask(BANK_HOST)
    assert (answer.headers["x-sni"], answer.headers["x-authority"]) == (BANK_HOST, BANK_HOST)


def test_routes_of_the_service_hold_at_the_gateway(leaving: Leaving) -> None:
    """A header that the declared route sets is on the answer, and not on that of the route behind it."""
    assert leaving.ask(BANK_HOST, x_marked="1").headers.get(MARK) == "the gateway's route"
    assert MARK not in leaving.ask(BANK_HOST).headers


def test_tls_of_the_program_is_passed_through(leaving: Leaving) -> None:
    """The server saw the program's own handshake, from the gateway's address."""
    said = leaving.handshake().lower()
    assert f"x-sni: {BANK_HOST}" in said
    assert f"x-address: {leaving.gateway}\n" in said


def test_a_service_that_is_not_the_gateways_is_called_by_the_workload_itself(leaving: Leaving) -> None:
    """The file with the authority is the gateway's alone, so the call fails in the caller's own proxy."""
    assert leaving.ask(NEWS_HOST).status == 503
    assert leaving.at_gateway(NEWS_HOST, "rq_total") == 0


def test_a_gateways_route_leads_outside(leaving: Leaving) -> None:
    """The server outside answered, and was asked for its own host, as the route's rewrite says."""
    asked = Ask(f"http://{leaving.beside.gateway_address()}/pay", host=PAY)
    answers: list[Answer] = []

    def answered() -> bool:
        answers[:] = leaving.from_gateway(asked)
        return answers[0].status == 200

    until(answered, "the gateway's route to the service outside")
    assert (answers[0].version, answers[0].seen["host"]) == ("outside", OPEN_HOST)


def test_a_service_outside_has_routes_of_its_own(leaving: Leaving) -> None:
    """A fault for marked calls, made by the caller's proxy; others get their answer from outside."""
    assert leaving.ask(OPEN_HOST, x_fault="1").status == 418
    assert leaving.ask(OPEN_HOST).version == "outside"


@contextmanager
def _egress_proxies(beside: Beside, folder: Path, authority: Authority) -> Iterator[None]:
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": EGRESS_NAMESPACE}}
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "trusted", "namespace": EGRESS_NAMESPACE},
        "stringData": {"ca.pem": authority.own.certificate.read_text()},
    }
    given = json.dumps({"apiVersion": "v1", "kind": "List", "items": [namespace, secret]})
    chart = _rendered(folder)
    try:
        beside.got("apply", "--filename", "-", given=given)
        beside.got("apply", "--namespace", EGRESS_NAMESPACE, "--filename", "-", given=chart)
        beside.got("rollout", "status", "--namespace", EGRESS_NAMESPACE, f"deploy/{EGRESS_NAME}", "--timeout=90s")
        yield
    finally:
        beside.kubectl("delete", "namespace", EGRESS_NAMESPACE, "--ignore-not-found")


def _plain_server(image: str) -> list[dict[str, Any]]:
    """servicex in a pod without a proxy, behind a Service."""
    metadata = {"name": PLAIN, "namespace": OUTSIDE, "labels": {"app": PLAIN, "sidecar.istio.io/inject": "false"}}
    environment = [{"name": "PORT", "value": "8000"}, {"name": "VERSION", "value": "outside"}]
    container = {"name": PLAIN, "image": image, "env": environment}
    port = {"name": "http", "port": 8000, "targetPort": 8000}
    return [
        {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [container]}},
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": metadata,
            "spec": {"selector": {"app": PLAIN}, "ports": [port]},
        },
    ]


def _rendered(folder: Path) -> str:
    """The chart with the program's values, the lab's, and the authority that these tests made."""
    mounts = {
        "volumes": [{"name": "trusted", "secret": {"secretName": "trusted"}}],
        "volumeMounts": [{"name": "trusted", "mountPath": TRUSTED, "readOnly": True}],
    }
    with machine.prepare(Progress(), only=("cli",), starting=False) as host:
        host.ready("cli")
        of_the_lab: dict[str, Any] = settings_of(host, ANY_ADDRESS)["istioValues"]["egress"]
        arguments: list[str] = []
        for number, layer in enumerate((chart_values("egress", gateway_service="ClusterIP"), of_the_lab, mounts)):
            file = folder / f"values-{number}.json"
            file.write_text(json.dumps(layer))
            arguments += ["--values", str(file)]
        chart = chart_source("egress", version="", folder=str(host.charts)).chart
        command = [str(host.tools.path("helm")), "template", CHARTS["egress"].release, chart, *arguments]
        done = subprocess.run([*command, "--namespace", EGRESS_NAMESPACE, "--no-hooks"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
