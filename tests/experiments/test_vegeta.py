"""vegeta's formats, with recorded results and, where the program is at hand, with itself."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from components.experiments import vegeta
from components.experiments.errors import Unusable
from components.experiments.traffic import Batch, Client, Request, Sample, Samples
from lab.host.prepare import prepare
from lab.progress import Progress


def batch(origin: str = "http://gateway.test:80", count: int = 2, *, keep_alive: bool = True) -> Batch:
    """Two different requests, sent in turn."""
    requests = (
        Request(origin=origin, path="/sticky", headers=(("host", "a.mesh.test"), ("x-user", "ann")), key="ann"),
        Request(origin=origin, path="/sticky", headers=(("host", "a.mesh.test"), ("x-user", "bob")), key="bob"),
    )
    return Batch("two", client=Client.OUTSIDE, requests=requests, count=count, rate=100, keep_alive=keep_alive)


def test_targets_carry_each_requests_own_headers_and_number() -> None:
    """One JSON line a request; the query says which, for results tell the URL only."""
    lines = [json.loads(line) for line in vegeta.targets(batch()).splitlines()]
    assert lines[1] == {
        "method": "GET",
        "url": "http://gateway.test:80/sticky?request=1",
        "header": {"Host": ["a.mesh.test"], "X-User": ["bob"]},
    }


def test_the_command_sends_the_count_at_the_rate_and_follows_nothing() -> None:
    """150 requests at 20 a second are 150 in 7.5 s, whatever rounding would make of it; redirects are answers."""
    command = vegeta.command(Batch("b", client=Client.MEMBER, requests=batch().requests, count=150, rate=20.0))
    assert "-rate=150/7500000000ns -duration=7500000000ns" in command
    assert "-redirects=-1" in command
    assert "-keepalive=true" in command


RESULT = {
    "attack": "",
    "seq": 0,
    "code": 200,
    "timestamp": "2026-11-22T22:25:37.24985780Z",
    "latency": 501675384,
    "bytes_out": 0,
    "bytes_in": 2,
    "error": "",
    "body": "e30=",
    "method": "GET",
    "url": "http://gateway.test:80/sticky?request=1",
    "headers": {
        "X-Servicex-Version": ["200"],
        "X-Servicex-Pod": ["servicex-200-1"],
        "X-Envoy-Upstream-Service-Time": ["3"],
    },
}
RESET = {**RESULT, "code": 0, "error": 'Get "http://x": EOF', "body": None, "headers": None}
NO_UPSTREAM = {**RESULT, "code": 503, "body": "bm8gaGVhbHRoeSB1cHN0cmVhbQ==", "headers": {"Server": ["istio-envoy"]}}
ABORT = {**RESULT, "code": 500, "body": "ZmF1bHQgZmlsdGVyIGFib3J0", "headers": {}}


def sample(result: dict[str, object]) -> Sample:
    """The one sample of one result."""
    (only,) = vegeta.samples(batch(count=1), json.dumps(result).encode())
    return only


def test_a_result_becomes_a_sample() -> None:
    """What was sent, who answered, how long it took, and how much of that before the destination was asked."""
    answered = sample(RESULT)
    assert (answered.request.key, answered.status, answered.version, answered.pod) == (
        "bob",
        200,
        "200",
        "servicex-200-1",
    )
    assert answered.latency == pytest.approx(0.501675384)
    assert answered.held == pytest.approx(0.498675384)


def test_answers_of_proxies_are_known_by_their_words() -> None:
    """An injected abort, an ejected destination and a closed connection are three things."""
    assert sample(ABORT).aborted
    assert sample(NO_UPSTREAM).without_endpoint
    assert sample(NO_UPSTREAM).gateway_error
    assert (sample(RESET).status, sample(RESET).error) == (0, 'Get "http://x": EOF')


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        pytest.param(b"", "has 0 results of the 2 requests of 'two'", id="a client that died"),
        pytest.param(b"{", "can not be read", id="results cut off"),
    ],
)
def test_results_that_are_not_all_there_are_refused(output: bytes, reason: str) -> None:
    """Half a batch is no batch: no verdict is made of it."""
    with pytest.raises(Unusable, match=reason):
        vegeta.samples(batch(), output)


def results(numbers: range | list[int]) -> bytes:
    return b"\n".join(json.dumps({**RESULT, "seq": number}).encode() for number in numbers)


def test_a_batch_whose_last_requests_were_never_sent_is_a_smaller_batch() -> None:
    """On a busy machine vegeta's time ends before its count: 95 of 100 in a row are 95 samples."""
    assert len(vegeta.samples(batch(count=100), results(range(95)))) == 95


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(range(80), id="too few"),
        pytest.param([*range(50), *range(51, 100)], id="one missing from the middle"),
    ],
)
def test_a_batch_with_gaps_or_too_few_is_refused(numbers: range | list[int]) -> None:
    """A result may be missing for what it was, and then a share of the rest is no share of all."""
    with pytest.raises(Unusable, match="too few or with gaps"):
        vegeta.samples(batch(count=100), results(numbers))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("x-servicex-version", self.headers["Host"])
        self.send_header("x-servicex-pod", self.headers["X-User"])
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: the test's output is pytest's."""


@pytest.fixture
def origin() -> Iterator[str]:
    """A server that answers with the host and the user it was sent."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module", name="tools_on_path")
def _tools_on_path() -> Iterator[None]:
    """The lab's own vegeta, built if it is not yet."""
    with prepare(Progress(), only=("load-client",)) as host, pytest.MonkeyPatch.context() as patch:
        host.ready("load-client")
        patch.setenv("PATH", f"{host.tools.path('vegeta').parent}{os.pathsep}{os.environ['PATH']}")
        yield


def send(sent: Batch) -> Samples:
    """Through vegeta itself, as in the client's pod."""
    done = subprocess.run(
        ["sh", "-c", vegeta.command(sent)], input=vegeta.targets(sent), capture_output=True, check=True
    )
    return vegeta.samples(sent, done.stdout)


@pytest.mark.lab
@pytest.mark.usefixtures("tools_on_path")
@pytest.mark.parametrize("keep_alive", [True, False], ids=["over kept connections", "each over its own"])
def test_vegeta_sends_what_the_batch_says(origin: str, keep_alive: bool) -> None:
    """Exactly the count, each request with its own host and headers, in turn."""
    got = send(batch(origin, 31, keep_alive=keep_alive))
    assert len(got) == 31
    assert {(s.version, s.pod, s.request.key) for s in got} == {
        ("a.mesh.test", "ann", "ann"),
        ("a.mesh.test", "bob", "bob"),
    }
    assert sum(s.pod == "ann" for s in got) == 16


@pytest.mark.lab
@pytest.mark.usefixtures("tools_on_path")
def test_a_closed_port_is_a_sample_without_an_answer() -> None:
    """Requests that nobody takes are counted, with the reason."""
    got = send(batch("http://127.0.0.1:1", 3))
    assert [s.status for s in got] == [0, 0, 0]
    assert "connection refused" in got[0].error
