"""Security and scope on real proxies: who is answered, what arrives, and what a proxy knows of."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from components.manifests.names import service_host
from components.model import Workload
from tests.e2e.beside import OUTSIDER, Ask, Beside
from tests.e2e.conftest import Lab
from tests.e2e.guarded_mesh import FRONT, OLD, OTHER, SHOP, STOCK, WORKLOADS, Signer, guarded_mesh, manifest

pytestmark = pytest.mark.lab

STACK = "dev"
REQUESTS = 5
SECONDS = 90


@dataclass(frozen=True)
class Answer:
    """A request's status, 0 for a closed connection, and what servicex says of what arrived."""

    status: int
    body: str

    def header(self, name: str) -> str | None:
        value: str | None = json.loads(self.body)["headers"].get(name)
        return value


@dataclass(frozen=True)
class Callers:
    """Calls from the declared workloads' own pods, or from one without a proxy."""

    lab: Lab
    beside: Beside
    signer: Signer

    def call(self, caller: Workload | None, url: str, *headers: str, method: str = "GET") -> Answer:
        """The one answer that each of several requests got."""
        pod = ["-n", caller.namespace, f"deploy/{caller.name}-one"] if caller else ["-n", SHOP.namespace, OUTSIDER]
        sent = dict(header.split(": ", 1) for header in headers)
        answers = self.beside.call(pod, [Ask(url, method=method, headers=sent)] * REQUESTS, rate=20)
        statuses = {answer.status for answer in answers}
        assert len(statuses) == 1, statuses
        return Answer(answers[-1].status, answers[-1].text)

    def with_token(self, path: str, **claims: object) -> Answer:
        """What stock answers to a caller with a token."""
        bearer = f"Authorization: Bearer {self.signer.token(claims)}"
        return self.call(OTHER, f"http://{service_host(STOCK)}{path}", bearer)

    def known(self, caller: Workload) -> set[str]:
        """The hosts of the services that the workload's proxy knows healthy endpoints of, or passes through to."""
        pod = ["-n", caller.namespace, f"deploy/{caller.name}-one"]
        asked = self.lab.kubectl(
            STACK, "exec", *pod, "-c", "istio-proxy", "--", "pilot-agent", "request", "GET", "clusters"
        )
        lines = [line for line in asked.out.splitlines() if line.startswith("outbound|80||")]
        return {line.split("|")[3].split("::")[0] for line in lines if "health_flags::healthy" in line}


@pytest.fixture(scope="module", name="callers")
def _callers(lab: Lab, beside: Beside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callers]:
    """The guarded mesh beside the stack dev's own, on the same cluster; gone afterwards."""
    folder: Path = tmp_path_factory.mktemp("guarded")
    signer = Signer.make(folder)
    written = manifest(guarded_mesh(signer.jwks), image=beside.image, client=beside.client)
    namespaces = {workload.namespace for workload in WORKLOADS}
    (folder / "mesh.json").write_text(json.dumps(written))
    (folder / "outsider.json").write_text(json.dumps(beside.outsider(SHOP.namespace)))
    try:
        for name in ("mesh.json", "outsider.json"):
            applied = lab.kubectl(STACK, "apply", "--filename", str(folder / name))
            assert applied.code == 0, applied.all
        for workload in WORKLOADS:
            rolled = ["rollout", "status", f"deploy/{workload.name}-one", f"--timeout={SECONDS}s"]
            assert lab.kubectl(STACK, "--namespace", workload.namespace, *rolled).code == 0
        ready = ["wait", "--for=condition=Ready", f"pod/{OUTSIDER}", f"--timeout={SECONDS}s"]
        assert lab.kubectl(STACK, "--namespace", SHOP.namespace, *ready).code == 0
        callers = Callers(lab, beside, signer)
        _await(callers, OTHER, {service_host(each) for each in (SHOP, STOCK, FRONT)})
        _await(callers, FRONT, {service_host(each) for each in (SHOP, STOCK)})
        yield callers
    finally:
        lab.kubectl(STACK, "delete", "namespace", *sorted(namespaces), "--ignore-not-found")


@pytest.mark.parametrize(
    ("caller", "path", "method", "status"),
    [
        pytest.param(FRONT, "/", "GET", 200, id="the caller that a rule names"),
        pytest.param(FRONT, "/hidden/x", "GET", 403, id="a path that the rule takes out"),
        pytest.param(FRONT, "/", "POST", 403, id="a method that the rule does not name"),
        pytest.param(OTHER, "/", "GET", 403, id="a caller that no rule names"),
        pytest.param(None, "/", "GET", 0, id="a caller in plain text"),
    ],
)
def test_access_is_decided_by_who_proves_to_be_whom(
    callers: Callers, caller: Workload | None, path: str, method: str, status: int
) -> None:
    """Deny by default, one rule that allows; plain text gets no answer at all."""
    assert callers.call(caller, f"http://{service_host(SHOP)}{path}", method=method).status == status


@pytest.mark.parametrize(
    ("claims", "path", "status"),
    [
        pytest.param({}, "/", 200, id="a good token"),
        pytest.param({"exp": 1}, "/", 401, id="an old token"),
        pytest.param({"aud": "else"}, "/", 403, id="a token for another audience"),
        pytest.param({"role": ["guest", "x"]}, "/admin", 403, id="a claim that is denied"),
        pytest.param({"role": "member"}, "/admin", 200, id="a claim that is not"),
    ],
)
def test_a_token_is_looked_at(callers: Callers, claims: dict[str, object], path: str, status: int) -> None:
    """Signature, time, audience and claims count."""
    assert callers.with_token(path, **claims).status == status


def test_a_request_without_a_token_is_refused(callers: Callers) -> None:
    """By RequireJWT; the authentication alone would let it pass."""
    assert callers.call(OTHER, f"http://{service_host(STOCK)}/").status == 403


def test_a_claim_arrives_and_the_token_does_not(callers: Callers) -> None:
    """The workload is told who asks, in a header of ours; what the caller writes there is thrown away."""
    bearer = f"Authorization: Bearer {callers.signer.token({})}"
    answer = callers.call(OTHER, f"http://{service_host(STOCK)}/", bearer, "x-user: mallory")
    assert (answer.header("x-user"), answer.header("authorization")) == ("ann", None)


def test_a_workload_stricter_than_its_namespace_is_reached(callers: Callers) -> None:
    """Its namespace has DISABLE, of which callers take it that all of it wants plain text; the derived mode says no."""
    assert callers.call(OTHER, f"http://{service_host(FRONT)}/").status == 200
    assert callers.call(None, f"http://{service_host(FRONT)}/").status == 0


def test_a_workload_without_mutual_tls_is_reached_through_pass_through(callers: Callers) -> None:
    """Callers would speak mutual TLS, seeing only its namespace's STRICT; the derived mode says no."""
    assert callers.call(OTHER, f"http://{service_host(OLD)}/").status == 200
    assert callers.call(None, f"http://{service_host(OLD)}/").status == 200


def test_a_proxy_knows_what_is_declared_and_where_its_routes_lead(callers: Callers) -> None:
    """front depends on shop, whose route leads to stock; other is not known, and refused by the proxy."""
    assert callers.known(FRONT) == {service_host(SHOP), service_host(STOCK)}
    assert callers.call(FRONT, f"http://{service_host(SHOP)}/led").status == 200
    assert callers.call(FRONT, f"http://{service_host(OTHER)}/").status == 502


def test_what_is_not_exported_is_not_known(callers: Callers) -> None:
    """stock is exported to front and other; old's proxy, which is told of all else, is not told of it."""
    known = callers.known(OLD)
    assert service_host(SHOP) in known
    assert service_host(STOCK) not in known


def test_only_what_the_filter_takes_is_logged(callers: Callers) -> None:
    """A refused request leaves a line in shop's proxy, an answered one leaves none."""
    for path in ("/logged-not", "/hidden/logged"):
        callers.call(FRONT, f"http://{service_host(SHOP)}{path}")
    pod = ["--namespace", SHOP.namespace, "deploy/shop-one", "--container", "istio-proxy"]
    deadline = time.monotonic() + SECONDS
    # Envoy writes its log once in ten seconds, unless it has much to write.
    while "/hidden/logged" not in (log := callers.lab.kubectl(STACK, "logs", *pod).out):
        assert time.monotonic() < deadline, log
        time.sleep(1)
    assert "/logged-not" not in log


def _await(callers: Callers, caller: Workload, hosts: set[str]) -> None:
    """A pod that is ready is told of others' endpoints a moment later."""
    deadline = time.monotonic() + SECONDS
    while not hosts <= (known := callers.known(caller)):
        assert time.monotonic() < deadline, f"{caller} knows of {known}, not of {hosts - known}"
        time.sleep(0.5)
