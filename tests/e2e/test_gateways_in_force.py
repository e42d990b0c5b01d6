"""TLS at the ingress gateway, from this host: whose certificate is served, who is let in, where the rest is sent."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from components.api import ObjectMeta, Resource, encode
from components.api.networking import virtual_service as api
from components.manifests.names import INGRESS_NAMESPACE, gateway_reference
from components.model import (
    ClientCertificate,
    Gateway,
    GivenCertificate,
    HTTPSServer,
    Mesh,
    RedirectToHTTPS,
    Route,
    SecretCertificate,
    TLSPassthrough,
    TLSVersion,
    VirtualService,
    Workload,
)
from tests.e2e.authority import Authority, Pair
from tests.e2e.beside import Beside, Item, until
from tests.e2e.outside_server import NAME, outside_server

pytestmark = pytest.mark.lab

ONE, TWO, WILD = "one.doors.test", "two.doors.test", "*.wild.doors.test"
KNOWN, NAMED, MAYBE = "known.doors.test", "named.doors.test", "maybe.doors.test"
NEW, OLD, CIPHER = "new.doors.test", "old.doors.test", "cipher.doors.test"
THROUGH = "through.doors.test"
OUTSIDE = "doors-outside"
SUITE = "ECDHE-ECDSA-AES256-GCM-SHA384"
SHOP = Workload("shop", namespace="doors-shop", port=8000)
V1 = SHOP.version("v1")

FIRST, SECOND, THIRD = GivenCertificate("doors-one"), SecretCertificate("doors-two"), SecretCertificate("doors-wild")
CLIENTS = SecretCertificate("doors-clients")
DOORS = Gateway(
    "doors",
    servers=[
        RedirectToHTTPS([ONE]),
        HTTPSServer([ONE], certificate=FIRST),
        HTTPSServer([TWO], certificate=SECOND),
        HTTPSServer([WILD], certificate=THIRD),
        HTTPSServer([KNOWN], certificate=CLIENTS, client_certificate=ClientCertificate.REQUIRED),
        HTTPSServer(
            [NAMED],
            certificate=CLIENTS,
            client_certificate=ClientCertificate.REQUIRED,
            subject_alt_names=["partner.test"],
        ),
        HTTPSServer([MAYBE], certificate=CLIENTS, client_certificate=ClientCertificate.OPTIONAL),
        HTTPSServer([NEW], certificate=FIRST, min_version=TLSVersion.V1_3),
        HTTPSServer([OLD], certificate=FIRST, max_version=TLSVersion.V1_2),
        HTTPSServer([CIPHER], certificate=FIRST, max_version=TLSVersion.V1_2, cipher_suites=[SUITE]),
        TLSPassthrough([THROUGH]),
    ],
)
ROUTED = [host for host in map(DOORS.host, DOORS.all_hosts) if not host.passed_through]
MESH = Mesh(versions=[V1], virtual_services=[VirtualService(host, [Route("all", to=V1)]) for host in ROUTED])


@dataclass(frozen=True)
class Caller:
    """What a caller offers: a certificate, versions of TLS, and of TLS 1.2 one cipher alone."""

    pair: Pair | None = None
    least: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
    most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    cipher: str = ""


ANYBODY = Caller()


@dataclass(frozen=True)
class Served:
    """An answer over TLS, and the handshake before it."""

    status: int
    headers: Mapping[str, str]
    certificate: bytes
    version: str | None
    cipher: str


@dataclass(frozen=True)
class Doors:
    """The gateway's address, those who sign, and what each certificate of the gateway's is."""

    address: str
    right: Authority
    wrong: Authority
    pairs: Mapping[str, Pair]

    def ask(self, host: str, caller: Caller = ANYBODY) -> Served:
        """Raises `ssl.SSLError` or `ConnectionError` when the caller is not let in."""
        with self._connected(host, caller) as secure:
            secure.sendall(f"GET /path HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = http.client.HTTPResponse(secure)
            answer.begin()
            answer.read()
            shown, chosen = secure.getpeercert(binary_form=True), secure.cipher()
            assert shown is not None
            assert chosen is not None
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Served(answer.status, headers, shown, secure.version(), chosen[0])

    def refusal(self, host: str, caller: Caller = ANYBODY) -> str:
        """The alert with which the gateway ends the handshake."""
        # With TLS 1.3 the client is done before the server has looked at its certificate, so it waits for the alert; a
        # request sent meanwhile could make the server's end a reset, without one.
        with pytest.raises(ssl.SSLError) as refused, self._connected(host, caller) as secure:
            secure.recv(1)
        return refused.value.reason

    def answers(self, host: str, caller: Caller) -> bool:
        try:
            return self.ask(host, caller).status == 200
        except OSError:
            return False

    @contextmanager
    def _connected(self, host: str, caller: Caller) -> Iterator[ssl.SSLSocket]:
        """Trusting the right authority only."""
        context = ssl.create_default_context(cafile=str(self.right.own.certificate))
        context.minimum_version, context.maximum_version = caller.least, caller.most
        if caller.cipher:
            context.set_ciphers(caller.cipher)
        if caller.pair:
            context.load_cert_chain(caller.pair.certificate, caller.pair.key)
        with (
            socket.create_connection((self.address, 443), timeout=10) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            yield secure


@pytest.fixture(scope="module", name="doors")
def _doors(beside: Beside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """The gateway with its certificates, and a server behind it that ends TLS itself; gone afterwards."""
    folder = tmp_path_factory.mktemp("doors")
    right, wrong = Authority.make("right", folder), Authority.make("wrong", folder)
    names = {"doors-one": [ONE, NEW, OLD, CIPHER], "doors-two": [TWO], "doors-wild": [WILD]}
    names |= {"doors-clients": [KNOWN, NAMED, MAYBE], NAME: [THROUGH]}
    pairs = {name: right.issue(name, *(f"DNS:{host}" for host in hosts)) for name, hosts in names.items()}
    outside = outside_server(OUTSIDE, image=beside.proxy_image(), pair=pairs[NAME], authority=right)
    secrets = [_secret(name, pairs[name], right) for name in names if name != NAME]
    with beside.running(MESH, more=[*secrets, *outside, encode(_passed_through())]):
        doors = Doors(beside.gateway_address(), right, wrong, pairs)
        client = Caller(right.issue("client", "DNS:partner.test"))
        hosts = [host.name.replace("*", "any") for host in ROUTED] + [THROUGH]
        until(lambda: all(doors.answers(host, client) for host in hosts), f"an answer for each of {hosts}")
        yield doors


@pytest.mark.parametrize(
    ("host", "certificate"),
    [
        pytest.param(ONE, "doors-one", id="given by the mesh"),
        pytest.param(TWO, "doors-two", id="of a secret"),
        pytest.param("any.wild.doors.test", "doors-wild", id="a wildcard's"),
        pytest.param(THROUGH, NAME, id="the server's own, behind a gateway that passes through"),
    ],
)
def test_each_host_is_served_with_its_own_certificate(doors: Doors, host: str, certificate: str) -> None:
    """The name in the handshake decides, and the certificate is, byte for byte, the one that was given."""
    served = doors.ask(host)
    assert served.status == 200
    assert served.certificate == _der(doors.pairs[certificate])


def test_what_is_passed_through_is_not_looked_into(doors: Doors) -> None:
    """The server behind sees the caller's own handshake: the name asked for and the certificate shown."""
    served = doors.ask(THROUGH, Caller(doors.right.issue("through")))
    assert (served.headers["x-sni"], served.headers["x-peer"]) == (THROUGH, "CN=through")


def test_a_host_that_is_not_served_gets_no_handshake(doors: Doors) -> None:
    """Neither a name that nobody declared, nor one that is only near a wildcard."""
    for host in ("none.doors.test", "wild.doors.test"):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            doors.ask(host)


@pytest.mark.parametrize("host", [KNOWN, NAMED])
def test_a_caller_must_show_a_certificate(doors: Doors, host: str) -> None:
    """None is refused, and one of another authority too."""
    assert "CERTIFICATE_REQUIRED" in doors.refusal(host)
    assert "UNKNOWN_CA" in doors.refusal(host, Caller(doors.wrong.issue("client", "DNS:partner.test")))


def test_a_caller_with_the_right_certificate_is_let_in(doors: Doors) -> None:
    """Whatever its name, where no name is asked for; else only with that name."""
    partner, other = doors.right.issue("partner", "DNS:partner.test"), doors.right.issue("other", "DNS:other.test")
    assert (doors.ask(KNOWN, Caller(partner)).status, doors.ask(KNOWN, Caller(other)).status) == (200, 200)
    assert doors.ask(NAMED, Caller(partner)).status == 200
    assert "CERTIFICATE" in doors.refusal(NAMED, Caller(other))


def test_a_certificate_may_be_optional(doors: Doors) -> None:
    """Callers without one are let in and so are those with a right one; a wrong one is refused."""
    assert doors.ask(MAYBE).status == 200
    assert doors.ask(MAYBE, Caller(doors.right.issue("client"))).status == 200
    assert "UNKNOWN_CA" in doors.refusal(MAYBE, Caller(doors.wrong.issue("client")))


def test_the_versions_of_tls_are_bounded(doors: Doors) -> None:
    """Under the least version and over the most, the handshake fails; else the best of both is spoken."""
    below, above = Caller(most=ssl.TLSVersion.TLSv1_2), Caller(least=ssl.TLSVersion.TLSv1_3)
    assert (doors.ask(NEW).version, doors.ask(OLD).version, doors.ask(ONE).version) == ("TLSv1.3", "TLSv1.2", "TLSv1.3")
    assert "PROTOCOL_VERSION" in doors.refusal(NEW, below)
    assert "PROTOCOL_VERSION" in doors.refusal(OLD, above)


def test_only_the_declared_ciphers_are_spoken(doors: Doors) -> None:
    """A caller that offers another one alone is refused."""
    other = Caller(cipher="ECDHE-ECDSA-CHACHA20-POLY1305")
    assert (doors.ask(CIPHER).cipher, doors.ask(OLD, other).cipher) == (SUITE, other.cipher)
    assert "HANDSHAKE_FAILURE" in doors.refusal(CIPHER, other)


def test_plain_http_is_sent_to_https(doors: Doors) -> None:
    """301 to the same place; no request gets in."""
    plain = http.client.HTTPConnection(doors.address, 80, timeout=10)
    plain.request("GET", "/path?q=1", headers={"Host": ONE})
    answer = plain.getresponse()
    assert (answer.status, answer.getheader("location")) == (301, f"https://{ONE}/path?q=1")
    assert answer.getheader("x-servicex-version") is None
    plain.close()


def _passed_through() -> Resource[api.VirtualService]:
    """The route of the host that is passed through: the model has no word for it."""
    destination = api.Destination(host=f"{NAME}.{OUTSIDE}.svc.cluster.local", port=api.PortSelector(number=443))
    route = api.TLSRoute(
        match=(api.TLSMatchAttributes(port=443, sni_hosts=(THROUGH,)),),
        route=(api.RouteDestination(destination=destination),),
    )
    return Resource(
        metadata=ObjectMeta(name="through", namespace=OUTSIDE),
        spec=api.VirtualService(hosts=(THROUGH,), gateways=(gateway_reference(DOORS),), tls=(route,)),
    )


def _secret(name: str, pair: Pair, clients: Authority) -> Item:
    """As `components.resources.MeshResources` makes it of a given certificate with authorities."""
    files = {"tls.crt": pair.certificate, "tls.key": pair.key, "ca.crt": clients.own.certificate}
    data = {key: base64.b64encode(file.read_bytes()).decode() for key, file in files.items()}
    metadata = {"name": name, "namespace": INGRESS_NAMESPACE}
    return {"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls", "metadata": metadata, "data": data}


def _der(pair: Pair) -> bytes:
    return ssl.PEM_cert_to_DER_cert(Path(pair.certificate).read_text())
