"""TLS that the caller's proxy makes of plain HTTP, towards a server outside of the mesh."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from components.model import (
    AccessLog,
    ExternalPort,
    ExternalService,
    Mesh,
    Side,
    Telemetry,
    TLSOrigination,
    TrafficPolicy,
    Version,
    Workload,
)
from tests.e2e.authority import Authority
from tests.e2e.beside import Answer, Ask, Beside, Item, pod_of, until
from tests.e2e.outside_server import NAME, outside_server

pytestmark = pytest.mark.lab

CALLER = Workload("caller", namespace="bank-front", port=8000)
V1 = CALLER.version("v1")
OUTSIDE = "bank-outside"
FILES = "/etc/trusted"
RIGHT, WRONG = f"{FILES}/right.pem", f"{FILES}/wrong.pem"
BANK, HIDDEN, OWN, STRANGER = "bank.test", "hidden.test", "own.test", "stranger.test"
UNSIGNED, UNTRUSTED, MISNAMED, SHOWN = "unsigned.test", "untrusted.test", "misnamed.test", "shown.test"
NAMES = (BANK, OWN)
"""What the server's certificate is for."""

ORIGINATIONS = {
    BANK: TLSOrigination(sni=BANK, ca_certificates=RIGHT, subject_alt_names=[BANK]),
    HIDDEN: TLSOrigination(sni=BANK, ca_certificates=RIGHT),
    OWN: TLSOrigination(ca_certificates=RIGHT),
    STRANGER: TLSOrigination(ca_certificates=RIGHT),
    UNSIGNED: TLSOrigination(sni=BANK, ca_certificates=WRONG),
    UNTRUSTED: TLSOrigination(sni=BANK),
    MISNAMED: TLSOrigination(sni=BANK, ca_certificates=RIGHT, subject_alt_names=["else.test"]),
    SHOWN: TLSOrigination(
        sni=BANK, ca_certificates=RIGHT, client_certificate=f"{FILES}/client.pem", private_key=f"{FILES}/client.key"
    ),
}
"""One server under many names, to each of which callers do something else."""


def _service(host: str) -> ExternalService:
    return ExternalService(
        host.partition(".")[0],
        namespace=CALLER.namespace,
        hosts=[host],
        ports=[ExternalPort(80, target=443)],
        endpoints=[f"{NAME}.{OUTSIDE}.svc.cluster.local"],
    )


SERVICES = {host: _service(host) for host in ORIGINATIONS}
MESH = Mesh(
    versions=[V1],
    external_services=list(SERVICES.values()),
    policies=[TrafficPolicy(SERVICES[host], tls=tls) for host, tls in ORIGINATIONS.items()],
    telemetry=[Telemetry(CALLER, access_logs=[AccessLog(filter="response.code >= 500", side=Side.CLIENT)])],
)


@dataclass(frozen=True)
class Bank:
    """Requests in plain HTTP from a workload whose proxy has the files of `FILES`."""

    beside: Beside

    def ask(self, host: str) -> Answer:
        # The proxy goes by the host; the address is one that nobody has.
        return self.beside.call(pod_of(V1), [Ask("http://192.0.2.1/", host=host)])[0]


@pytest.fixture(scope="module", name="bank")
def _bank(beside: Beside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    folder = tmp_path_factory.mktemp("bank")
    right, wrong = Authority.make("right", folder), Authority.make("wrong", folder)
    server, client = right.issue("server", *(f"DNS:{name}" for name in NAMES)), right.issue("client")
    outside = outside_server(OUTSIDE, image=beside.proxy_image(), pair=server, authority=right)
    files = {
        "right.pem": right.own.certificate.read_text(),
        "wrong.pem": wrong.own.certificate.read_text(),
        "client.pem": client.certificate.read_text(),
        "client.key": client.key.read_text(),
    }
    metadata = {"name": "trusted", "namespace": CALLER.namespace}
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": files}
    with beside.running(MESH, callers=[CALLER], more=[secret, *outside], change=_with_files):
        bank = Bank(beside)
        until(lambda: bank.ask(BANK).status == 200, "an answer from outside")
        yield bank


def test_plain_http_arrives_as_tls_with_the_declared_name(bank: Bank) -> None:
    """The workload spoke plain HTTP; the server saw a handshake for the SNI, and the request for the host."""
    answer = bank.ask(BANK)
    assert (answer.status, answer.text) == (200, "outside")
    assert (answer.headers["x-sni"], answer.headers["x-authority"]) == (BANK, BANK)


def test_the_name_in_the_handshake_is_the_declared_one(bank: Bank) -> None:
    """Not the host's; and without names for the certificate it is the SNI that it must have."""
    answer = bank.ask(HIDDEN)
    assert (answer.status, answer.headers["x-sni"], answer.headers["x-authority"]) == (200, BANK, HIDDEN)


def test_without_a_declared_name_it_is_the_requests_host(bank: Bank) -> None:
    """And the certificate is for it, too: where it is not, see below."""
    answer = bank.ask(OWN)
    assert (answer.status, answer.headers["x-sni"]) == (200, OWN)


def test_a_server_that_can_not_prove_itself_gets_no_request(bank: Bank) -> None:
    """503 from the caller's own proxy, whose log says why.

    When another authority signed, when none is given and the system's do not know it, when the certificate is for another
    name than the declared, and when it is for another than the request's host, where no name is declared.
    """
    hosts = (UNSIGNED, UNTRUSTED, MISNAMED, STRANGER)
    assert [bank.ask(host).status for host in hosts] == [503] * len(hosts)
    lines: dict[str, str] = {}

    def logged() -> bool:
        # Envoy writes its log once in ten seconds, unless it has much to write.
        for line in bank.beside.got("logs", *pod_of(V1), "--container=istio-proxy").splitlines():
            lines.update({host: line for host in hosts if f'"{host}"' in line})
        return lines.keys() == set(hosts)

    until(logged, "a line for each in the caller's log")
    assert [host for host in hosts if "CERTIFICATE_VERIFY_FAILED" not in lines[host]] == []


def test_the_proxy_shows_its_own_certificate_where_one_is_declared(bank: Bank) -> None:
    """The server sees it, and none from the other hosts."""
    assert (bank.ask(SHOWN).headers["x-peer"], bank.ask(BANK).headers["x-peer"]) == ("CN=client", "")


def _with_files(version: Version, deployment: Item) -> None:
    """The proxy of every pod gets the files; how they get there is no part of the model."""
    volume = {"trusted": {"secret": {"secretName": "trusted"}}}
    mount = {"trusted": {"mountPath": FILES, "readOnly": True}}
    annotations = {"sidecar.istio.io/userVolume": volume, "sidecar.istio.io/userVolumeMount": mount}
    metadata = deployment["spec"]["template"]["metadata"]
    metadata["annotations"] = {name: json.dumps(value) for name, value in annotations.items()}
