"""Every word of routing on real proxies: which version answered, what it was sent, what the caller got back."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from components.manifests.names import ingress_host
from tests.e2e.beside import OUTSIDER, SECONDS, Answer, Beside, until
from tests.e2e.beside import Ask as Request
from tests.example_routing import ANSWERED, CHANGED, MATCHED, MOVED, STICKY, mesh_with_every_route

pytestmark = pytest.mark.lab

NAMESPACES = ("routed-shop", "routed-tools")
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
class Routed:
    """Requests from a pod without a proxy, by the ingress gateway; and from a workload's own pod."""

    beside: Beside

    def all(self, asked: Sequence[Ask]) -> list[Answer]:
        """An answer to each, in order."""
        url = f"http://{ingress_host()}"
        sent = [Request(url + ask.path, ask.host, ask.method, ask.headers) for ask in asked]
        return self.beside.call(["-n", NAMESPACES[0], OUTSIDER], sent)

    def one(self, ask: Ask) -> Answer:
        return self.all([ask])[0]

    def from_caller(self, count: int) -> list[Answer]:
        asked = Request(f"http://shop.{NAMESPACES[0]}.svc.cluster.local/")
        return self.beside.call(["-n", NAMESPACES[1], "deploy/caller-v1"], [asked] * count)

    def arrived(self, name: str) -> int:
        """How many requests the workload's pods were handed by their own proxies so far."""
        namespace = ["-n", NAMESPACES[1] if name.startswith("caller") else NAMESPACES[0]]
        got = self.beside.got(*namespace, "get", "pods", "--output", "name")
        count = 0
        for pod in (each for each in got.split() if each.startswith(f"pod/{name}-")):
            told = self.beside.admin([*namespace, pod], "clusters")
            count += sum(map(int, re.findall(r"^inbound\|8000.*::rq_total::(\d+)", told, re.MULTILINE)))
        return count


@pytest.fixture(scope="module", name="routed")
def _routed(beside: Beside) -> Iterator[Routed]:
    """The mesh with every route beside the stack dev's own, once the gateway knows its routes; gone afterwards."""
    mesh = mesh_with_every_route()
    with beside.running(mesh, callers=mesh.workloads, more=[beside.outsider(NAMESPACES[0])]):
        beside.got("wait", "-n", NAMESPACES[0], "--for=condition=Ready", f"pod/{OUTSIDER}", f"--timeout={SECONDS}s")
        routed = Routed(beside)
        hosts = [Ask(MATCHED), Ask(CHANGED), Ask(STICKY)]
        until(lambda: {answer.status for answer in routed.all(hosts)} == {200}, "an answer for every host")
        yield routed


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
