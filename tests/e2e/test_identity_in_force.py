"""Who a server is told its caller is, and plain text that is taken on one port and refused on another."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from components.manifests.names import ingress_host, principal
from components.model import (
    Gateway,
    Identity,
    Mesh,
    MutualTLS,
    MutualTLSRule,
    Route,
    Version,
    VirtualService,
    Workload,
)
from tests.e2e.beside import OUTSIDER, SECONDS, Answer, Ask, Beside, Item, of, pod_of, until, url

pytestmark = pytest.mark.lab

HOST = "seen.mesh.test"
HEADER = "x-forwarded-client-cert"
FORGED = "By=spiffe://a;URI=spiffe://mallory"
OTHER_PORT = 9000
"""Of a second server in each pod, of which nothing is declared."""

OPEN, SHUT = (Workload(name, namespace="seen-shop", port=8000) for name in ("open", "shut"))
CALLER = Workload("caller", namespace="seen-front", port=8000)
OPEN_1, SHUT_1, CALLING = (workload.version("v1") for workload in (OPEN, SHUT, CALLER))
PUBLIC = Gateway("seen", hosts=[HOST])

MESH = Mesh(
    versions=[OPEN_1, SHUT_1, CALLING],
    virtual_services=[VirtualService(PUBLIC.host(HOST), [Route("all", to=OPEN)])],
    mutual_tls_rules=[
        MutualTLSRule(OPEN, MutualTLS.STRICT, ports={8000: MutualTLS.PERMISSIVE}),
        MutualTLSRule(SHUT, MutualTLS.PERMISSIVE, ports={8000: MutualTLS.STRICT}),
    ],
)


@dataclass(frozen=True)
class Seen:
    """Requests from a workload, and from a pod without a proxy, which speaks plain text."""

    beside: Beside

    def from_caller(self, to: str, *, host: str | None = None, **headers: str) -> Answer:
        return self.beside.call(pod_of(CALLING), [Ask(to, host=host, headers=headers)])[0]

    def in_plain_text(self, to: str, *, host: str | None = None, headers: dict[str, str] | None = None) -> Answer:
        return self.beside.call([*of(OPEN_1), OUTSIDER], [Ask(to, host=host, headers=headers or {})])[0]

    def at_port(self, version: Version, port: int) -> str:
        """The address of the version's pod."""
        field = "--output=jsonpath={.items[0].status.podIP}"
        found = self.beside.got("get", "pods", *of(version), f"--selector=app={version.workload.name}", field)
        return f"http://{found}:{port}/"


@pytest.fixture(scope="module", name="seen")
def _seen(beside: Beside) -> Iterator[Seen]:
    outsider = beside.outsider(OPEN.namespace)
    with beside.running(MESH, callers=[CALLER], more=[outsider], change=_with_a_second_server):
        beside.got("wait", *of(OPEN_1), "--for=condition=Ready", f"pod/{OUTSIDER}", f"--timeout={SECONDS}s")
        seen = Seen(beside)
        gateway = f"http://{ingress_host()}/"
        until(lambda: seen.in_plain_text(gateway, host=HOST).status == 200, "an answer by the gateway")
        until(lambda: seen.from_caller(url(OPEN)).status == 200, "an answer to the caller")
        until(lambda: seen.from_caller(url(SHUT)).status == 200, "an answer to the caller")
        yield seen


def test_the_server_is_told_who_called(seen: Seen) -> None:
    """The caller's identity and its own, as the proxies proved them to each other."""
    assert _named(seen.from_caller(url(OPEN))) == (_spiffe(OPEN.identity), _spiffe(CALLER.identity))


def test_by_the_gateway_it_is_the_gateway_that_called(seen: Seen) -> None:
    """Whoever asked it, and whatever they said of themselves."""
    answer = seen.in_plain_text(f"http://{ingress_host()}/", host=HOST, headers={HEADER: FORGED})
    assert _named(answer) == (_spiffe(OPEN.identity), _spiffe(PUBLIC.identity))


def test_what_a_caller_says_of_itself_is_thrown_away(seen: Seen) -> None:
    """Over mutual TLS the proven name replaces it; in plain text nothing is left."""
    proven = seen.from_caller(url(OPEN), **{HEADER: FORGED})
    assert _named(proven) == (_spiffe(OPEN.identity), _spiffe(CALLER.identity))
    plain = seen.in_plain_text(url(OPEN), headers={HEADER: FORGED})
    assert (plain.status, plain.seen["headers"].get(HEADER)) == (200, None)


@pytest.mark.parametrize(
    ("version", "port", "status"),
    [
        pytest.param(OPEN_1, 8000, 200, id="a permissive port of a strict workload"),
        pytest.param(OPEN_1, OTHER_PORT, 0, id="another port of a strict workload"),
        pytest.param(SHUT_1, 8000, 0, id="a strict port of a permissive workload"),
        pytest.param(SHUT_1, OTHER_PORT, 200, id="another port of a permissive workload"),
    ],
)
def test_plain_text_is_taken_by_port(seen: Seen, version: Version, port: int, status: int) -> None:
    """The port's own mode counts, and the workload's where the port has none."""
    assert seen.in_plain_text(seen.at_port(version, port)).status == status


def test_callers_with_a_proxy_are_answered_whatever_the_port_wants(seen: Seen) -> None:
    """They speak mutual TLS to both."""
    assert _named(seen.from_caller(url(SHUT))) == (_spiffe(SHUT.identity), _spiffe(CALLER.identity))


def _named(answer: Answer) -> tuple[str | None, str | None]:
    """The server and the caller, of which the header names one each."""
    (by,), (uri,) = (re.findall(rf"\b{name}=([^;,]*)", answer.seen["headers"][HEADER]) for name in ("By", "URI"))
    return by, uri


def _spiffe(identity: Identity) -> str:
    return f"spiffe://{principal(identity)}"


def _with_a_second_server(version: Version, deployment: Item) -> None:
    if version is CALLING:
        return
    containers: list[Item] = deployment["spec"]["template"]["spec"]["containers"]
    second = copy.deepcopy(containers[0])
    second["name"] = "second"
    second["env"] = [{"name": "PORT", "value": str(OTHER_PORT)}, {"name": "POD_NAME", "value": "second"}]
    for part in ("ports", "readinessProbe", "livenessProbe"):
        del second[part]
    containers.append(second)
