"""Every word of routing on real proxies: which version answered, what it was sent, what the caller got back."""

from __future__ import annotations

import base64
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from components.manifests.names import ingress_host
from tests.e2e.conftest import Lab, Ran
from tests.e2e.guarded_mesh import CLIENT, manifest
from tests.example_routing import ANSWERED, CHANGED, MATCHED, MOVED, STICKY, mesh_with_every_route

pytestmark = pytest.mark.lab

STACK = "dev"
NAMESPACES = ("routed-shop", "routed-tools")
OUTSIDER = "outsider"
SECONDS = 90
RATE = 100
UNLIKELY = 4.4
"""Standard deviations that chance goes beyond once in a hundred thousand times."""


@dataclass(frozen=True)
class Ask:
    """One request to the gateway."""

    host: str
    path: str = "/"
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back: `seen` is what servicex says of what arrived, empty when a proxy answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def version(self) -> str | None:
        return self.headers.get("x-servicex-version")

    @property
    def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found


@dataclass(frozen=True)
class Routed:
    """Requests from a pod without a proxy, by the ingress gateway; and from a workload's own pod."""

    lab: Lab

    def all(self, asked: Sequence[Ask]) -> list[Answer]:
        """An answer to each, in order."""
        url = f"http://{ingress_host()}"
        return self._attack(["-n", NAMESPACES[0], OUTSIDER], [(ask, url) for ask in asked])

    def one(self, ask: Ask) -> Answer:
        return self.all([ask])[0]

    def from_caller(self, count: int) -> list[Answer]:
        host = f"shop.{NAMESPACES[0]}.svc.cluster.local"
        return self._attack(["-n", NAMESPACES[1], "deploy/caller-v1"], [(Ask(host), f"http://{host}")] * count)

    def arrived(self, name: str) -> int:
        """How many requests the workload's pods were handed by their own proxies so far."""
        namespace = NAMESPACES[1] if name.startswith("caller") else NAMESPACES[0]
        got = self.lab.kubectl(STACK, "-n", namespace, "get", "pods", "--output", "name")
        count = 0
        for pod in (each for each in got.out.split() if each.startswith(f"pod/{name}-")):
            inside = ["exec", "-n", namespace, pod, "-c", "istio-proxy", "--"]
            told = self.lab.kubectl(STACK, *inside, "pilot-agent", "request", "GET", "clusters")
            count += sum(map(int, re.findall(r"^inbound\|8000.*::rq_total::(\d+)", told.out, re.MULTILINE)))
        return count

    def _attack(self, pod: Sequence[str], asked: Sequence[tuple[Ask, str]]) -> list[Answer]:
        answers: list[Answer] = []
        for start in range(0, len(asked), 200):
            answers += self._attack_with(pod, asked[start : start + 200])
        return answers

    def _attack_with(self, pod: Sequence[str], asked: Sequence[tuple[Ask, str]]) -> list[Answer]:
        targets = "".join(
            json.dumps(
                {
                    "method": ask.method,
                    "url": url + ask.path,
                    "header": {"Host": [ask.host], **{name: [value] for name, value in ask.headers.items()}},
                }
            )
            + "\n"  # vegeta drops a target whose line does not end
            for ask, url in asked
        )
        encoded = base64.b64encode(targets.encode()).decode()
        script = (
            f"echo {encoded} | base64 -d | vegeta attack -format=json -redirects=-1 -rate {RATE} "
            f"-duration {len(asked) * 1000 // RATE}ms | vegeta encode"
        )
        ran = self.lab.kubectl(STACK, "exec", *pod, "-c", CLIENT, "--", "/bin/sh", "-c", script)
        results = sorted((json.loads(line) for line in ran.out.splitlines()), key=lambda each: each["seq"])
        assert len(results) == len(asked), ran.all
        return [
            Answer(
                each["code"],
                {name.lower(): values[0] for name, values in (each["headers"] or {}).items()},
                base64.b64decode(each["body"] or "").decode(),
            )
            for each in results
        ]


@pytest.fixture(scope="module", name="routed")
def _routed(lab: Lab, standing: Ran, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Routed]:
    """The mesh with every route beside the stack dev's own, on the same cluster; gone afterwards."""
    image, client = (_output(lab, name) for name in ("image", "loadClientImage"))
    file: Path = tmp_path_factory.mktemp("routed") / "mesh.json"
    written = manifest(mesh_with_every_route(), image=image, client=client)
    file.write_text(json.dumps({**written, "items": [*written["items"], _outsider(client)]}))  # type: ignore[misc]
    try:
        applied = lab.kubectl(STACK, "apply", "--filename", str(file))
        assert applied.code == 0, applied.all
        yield ready(lab)
    finally:
        lab.kubectl(STACK, "delete", "--filename", str(file), "--ignore-not-found")


def ready(lab: Lab) -> Routed:
    """The mesh, once its pods run and the gateway knows its routes."""
    for namespace, name in zip((NAMESPACES[0], *NAMESPACES), ("shop-old", "shop-new", "caller-v1"), strict=True):
        rolled = lab.kubectl(STACK, "-n", namespace, "rollout", "status", f"deploy/{name}", f"--timeout={SECONDS}s")
        assert rolled.code == 0, rolled.all
    waited = ["wait", "--for=condition=Ready", f"pod/{OUTSIDER}", f"--timeout={SECONDS}s"]
    assert lab.kubectl(STACK, "-n", NAMESPACES[0], *waited).code == 0
    routed, deadline = Routed(lab), time.monotonic() + SECONDS
    hosts = [Ask(MATCHED), Ask(CHANGED), Ask(STICKY)]
    while {answer.status for answer in routed.all(hosts)} != {200}:
        assert time.monotonic() < deadline, [answer.status for answer in routed.all(hosts)]
        time.sleep(1)
    return routed


MATCHES = [
    pytest.param(Ask(MATCHED, headers={"cookie": "z=1; group=b+c"}), "new", id="a cookie behind another"),
    pytest.param(Ask(MATCHED, headers={"cookie": "group=bbc"}), "old", id="a cookie with another value"),
    pytest.param(Ask(MATCHED, headers={"cookie": "group=x12; b=c"}), "new", id="a cookie by regex"),
    pytest.param(Ask(MATCHED, headers={"cookie": "seen="}), "new", id="a cookie that is there"),
    pytest.param(Ask(MATCHED, "/?v=2&debug"), "new", id="two query parameters"),
    pytest.param(Ask(MATCHED, "/?v=2"), "old", id="one of two query parameters"),
    pytest.param(Ask(MATCHED, "/?v=3.1&w=ab"), "new", id="query by prefix and regex"),
    pytest.param(Ask(MATCHED, "/?v=3.1&w=1"), "old", id="query by a regex that misses"),
    pytest.param(Ask(MATCHED, "/ORDERS", "POST"), "new", id="method and a path of any case"),
    pytest.param(Ask(MATCHED, "/ORDERS"), "old", id="another method"),
    pytest.param(Ask(MATCHED, "/ORDERS/1", "PUT"), "new", id="one of two methods and a prefix of any case"),
    pytest.param(Ask(f"{MATCHED}:8080"), "new", id="authority with its port"),
    pytest.param(Ask(f"{MATCHED}:9090", "/ABC"), "new", id="authority by prefix"),
    pytest.param(Ask(MATCHED, headers={"x-group": "bETA"}), "new", id="header of any case"),
    pytest.param(Ask(MATCHED, headers={"x-group": "aLpha"}), "new", id="header's start of any case"),
    pytest.param(Ask(MATCHED, headers={"x-group": "GAMAMA"}), "new", id="header by regex of any case"),
    pytest.param(Ask(MATCHED, headers={"x-group": "betas"}), "old", id="header with more than the value"),
    pytest.param(Ask(MATCHED, headers={"x-a": "1", "x-c": "2"}), "new", id="without two headers"),
    pytest.param(Ask(MATCHED, headers={"x-a": "1", "x-b": "1"}), "old", id="a header that must be absent"),
    pytest.param(Ask(MATCHED, headers={"x-a": "1", "x-c": "1"}), "old", id="a value that must be another"),
]


@pytest.mark.parametrize(("ask", "version"), MATCHES)
def test_a_condition_takes_its_requests_and_no_others(routed: Routed, ask: Ask, version: str) -> None:
    """The declared version answers."""
    assert routed.one(ask).version == version


REDIRECTS = [
    pytest.param(Ask(ANSWERED, "/code?q=1"), 308, "http://other.mesh.test/there?q=1", id="host and path"),
    pytest.param(Ask(ANSWERED, "/from/a?q=1"), 302, f"http://{ANSWERED}/to/a?q=1", id="prefix"),
    pytest.param(Ask(ANSWERED, "/secure"), 301, f"https://{ANSWERED}:8443/secure", id="scheme and port"),
    pytest.param(Ask(ANSWERED, "/port"), 307, "http://b.test/port", id="the request's port"),
    pytest.param(Ask(MOVED, "/a?b"), 301, f"http://{MATCHED}/a?b", id="a host that only redirects"),
]


@pytest.mark.parametrize(("ask", "status", "location"), REDIRECTS)
def test_a_redirect_leads_where_it_is_declared_to(routed: Routed, ask: Ask, status: int, location: str) -> None:
    """What the redirect does not name stays, the query always."""
    answer = routed.one(ask)
    assert (answer.status, answer.headers.get("location"), answer.version) == (status, location, None)


def test_the_proxy_answers_by_itself(routed: Routed) -> None:
    """With the declared status, type and body."""
    body, empty = routed.all([Ask(ANSWERED, "/body"), Ask(ANSWERED, "/else")])
    assert (body.status, body.headers["content-type"], body.seen) == (503, "application/json", {"closed": True})
    assert (empty.status, empty.text) == (204, "")


REWRITES = [
    pytest.param("/whole/x/y", "/new", "inner.mesh.test", id="the whole path, and the host"),
    pytest.param("/api/v1/u", "/v1/u", CHANGED, id="a prefix"),
    pytest.param("/strip/a", "/a", CHANGED, id="a prefix taken off, without a double slash"),
    pytest.param("/strip", "/", CHANGED, id="all taken off"),
    pytest.param("/u/joe/x", "/user/joe/x", CHANGED, id="by regex"),
]


@pytest.mark.parametrize(("sent", "path", "host"), REWRITES)
def test_a_rewrite_is_what_the_workload_sees(routed: Routed, sent: str, path: str, host: str) -> None:
    """The workload tells which path and host arrived."""
    seen = routed.one(Ask(CHANGED, sent)).seen
    assert (seen["path"], seen["host"]) == (path, host)


def test_headers_are_set_added_and_removed(routed: Routed) -> None:
    """A value may be taken from the request; an added one follows what was there."""
    sent = {"x-from": "me", "x-drop": "1", "x-add": "0", "x-set": "old"}
    answer = routed.one(Ask(CHANGED, "/headers", headers=sent))
    arrived = answer.seen["headers"]
    assert [arrived.get(name) for name in ("x-set", "x-add", "x-drop")] == ["me", "0, 100%", None]
    assert answer.headers["x-answer"] == "yes"


def test_each_destination_has_its_own_headers(routed: Routed) -> None:
    """One version is sent a header, the other's answers get one."""
    answers = routed.all([Ask(CHANGED, "/each")] * 100)
    seen = {(each.version, each.seen["headers"].get("x-group"), each.headers.get("x-group")) for each in answers}
    assert seen == {("old", "a", None), ("new", None, "b")}


def test_the_proxy_answers_preflights_by_the_cors_policy(routed: Routed) -> None:
    """An allowed origin gets leave, another does not, and neither question gets to the workload."""
    wanted = {"access-control-request-method": "POST"}
    allowed, refused, plain = routed.all(
        [
            Ask(CHANGED, "/cors", "OPTIONS", {"origin": "https://shop.test", **wanted}),
            Ask(CHANGED, "/cors", "OPTIONS", {"origin": "https://other.test", **wanted}),
            Ask(CHANGED, "/cors", headers={"origin": "https://a.shop.test"}),
        ]
    )
    leave = "access-control-allow-origin"
    assert (allowed.headers.get(leave), allowed.headers.get("access-control-max-age")) == ("https://shop.test", "600")
    assert (refused.headers.get(leave), plain.headers.get(leave)) == (None, "https://a.shop.test")
    assert (allowed.version, refused.version, plain.version) == (None, None, "old")


def test_a_mirrored_request_arrives_in_the_declared_share(routed: Routed) -> None:
    """All of them at one destination, an eighth at another, and the answers are the route's own."""
    count, share = 800, 0.125
    before = routed.arrived("shop-new"), routed.arrived("caller-v1")
    assert {answer.version for answer in routed.all([Ask(CHANGED, "/mirror")] * count)} == {"old"}
    time.sleep(1)  # nobody waits for a copy
    new, caller = routed.arrived("shop-new") - before[0], routed.arrived("caller-v1") - before[1]
    assert new == count
    assert abs(caller - share * count) < UNLIKELY * (count * share * (1 - share)) ** 0.5


def test_a_canary_is_shared_out_by_weight_and_each_visitor_stays(routed: Routed) -> None:
    """New visitors meet the versions by weight; with their cookie they meet the same again, and get no other cookie."""
    count, share = 1000, 0.75
    first = routed.all([Ask(STICKY)] * count)
    met = Counter(answer.version for answer in first)
    assert abs(met["old"] - share * count) < UNLIKELY * (count * share * (1 - share)) ** 0.5
    pins = [answer.headers["set-cookie"].split(";")[0] for answer in first]
    assert pins == [f"canary={answer.version}" for answer in first]
    again = routed.all([Ask(STICKY, headers={"cookie": f"a=b; {pin}; c=d"}) for pin in pins[:200]])
    assert [answer.version for answer in again] == [answer.version for answer in first[:200]]
    assert not any("set-cookie" in answer.headers for answer in again)


def test_a_caller_takes_the_route_of_its_own(routed: Routed) -> None:
    """By its own proxy; one from elsewhere would meet both versions."""
    assert {answer.version for answer in routed.from_caller(20)} == {"new"}


def _output(lab: Lab, name: str) -> str:
    shown = lab.pulumi(STACK, "stack", "output", name)
    assert shown.code == 0, shown.all
    return shown.out.strip().splitlines()[-1]


def _outsider(image: str) -> dict[str, object]:
    security = {"runAsNonRoot": True, "runAsUser": 65532, "allowPrivilegeEscalation": False}
    container = {"name": CLIENT, "image": image, "command": ["sleep", "infinity"], "securityContext": security}
    labels = {"sidecar.istio.io/inject": "false"}
    metadata = {"name": OUTSIDER, "namespace": NAMESPACES[0], "labels": labels}
    spec = {"containers": [container], "terminationGracePeriodSeconds": 1}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}
