"""Limits, timeouts, retries, gRPC aborts and localities on real proxies, as caller and server see them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from components.experiments.statistics import share_p
from components.model import (
    Abort,
    AccessLog,
    CircuitBreaker,
    ConnectionPool,
    Destination,
    GrpcStatus,
    LocalityDistribution,
    LocalityFailover,
    Mesh,
    OutlierDetection,
    PathPrefix,
    Retry,
    Route,
    Side,
    Subset,
    Telemetry,
    TrafficPolicy,
    Version,
    VirtualService,
    Workload,
    milliseconds,
    seconds,
)
from tests.e2e.beside import Answer, Ask, Beside, Item, of, pod_of, until, url

pytestmark = pytest.mark.lab

LEVEL = 1e-5
"""A mesh that does what it declares fails a test of shares once in 100 000 runs."""

SLOW, FAIL, NEARBY, BROKEN, SHARED = (
    Workload(name, namespace="resilient-shop", port=8000) for name in ("slow", "fail", "nearby", "broken", "shared")
)
CALLER = Workload("caller", namespace="resilient-front", port=8000)
FAILS = {"error": "yes", "delay": "0s"}
CALLING, FAILING = CALLER.version("v1"), FAIL.version("v1", env=FAILS)
WAITING = SLOW.version("v1", env={"error": "yes", "delay": "500ms"})
NEAR = (NEARBY.version("near"), BROKEN.version("near", env=FAILS), SHARED.version("near"))
FAR = tuple(workload.version("far") for workload in (NEARBY, BROKEN, SHARED))

TRIES = 3
"""Answers in a row after which the near endpoint of `BROKEN` is left out."""

ALL_FIELDS = OutlierDetection(
    consecutive_gateway_errors=4,
    consecutive_5xx_errors=7,
    consecutive_local_origin_failures=5,
    interval=seconds(9),
    base_ejection_time=seconds(11),
    max_ejection_percent=55,
    min_health_percent=22,
)
SOME_FIELDS = OutlierDetection(
    consecutive_gateway_errors=TRIES, base_ejection_time=seconds(120), max_ejection_percent=100
)


def _limited(name: str, pool: ConnectionPool) -> Subset:
    return Subset(name, of=SLOW, circuit_breaker=CircuitBreaker(connection_pool=pool))


def _route(name: str, to: Destination, **parts: Any) -> Route:
    return Route(name, when=PathPrefix(f"/{name}"), to=to, **parts)


MESH = Mesh(
    versions=[CALLING, WAITING, FAILING, *NEAR, *FAR],
    virtual_services=[
        VirtualService(
            SLOW,
            [
                _route(
                    "connections",
                    _limited("connections", ConnectionPool(max_connections=1, http1_max_pending_requests=1)),
                ),
                _route("requests", _limited("requests", ConnectionPool(http2_max_requests=1))),
                _route("cut", SLOW, timeout=milliseconds(100)),
                _route("tries", SLOW, retry=Retry(2, on=["gateway-error"], per_try_timeout=milliseconds(100))),
                _route("grpc", SLOW, abort=Abort(grpc_status=GrpcStatus.RESOURCE_EXHAUSTED)),
                Route("all", to=SLOW),
            ],
        ),
        VirtualService(
            FAIL,
            [
                _route("thrice", FAIL, retry=Retry(2, on=["gateway-error"])),
                _route("status", FAIL, retry=Retry(1, on=["504"])),
                _route("other", FAIL, retry=Retry(2, on=["connect-failure"])),
                Route("all", to=FAIL),
            ],
        ),
    ],
    policies=[
        TrafficPolicy(
            NEARBY,
            locality=LocalityFailover({"west": "east"}),
            circuit_breaker=CircuitBreaker(outlier_detection=ALL_FIELDS),
        ),
        TrafficPolicy(
            BROKEN,
            locality=LocalityFailover({"west": "east"}),
            circuit_breaker=CircuitBreaker(outlier_detection=SOME_FIELDS),
        ),
        TrafficPolicy(SHARED, locality=LocalityDistribution({"west/*": {"west/*": 80, "east/*": 20}})),
    ],
    telemetry=[Telemetry(CALLER, access_logs=[AccessLog(filter="response.code >= 500", side=Side.CLIENT)])],
)


@dataclass(frozen=True)
class Called:
    """Requests of the caller's pod, which is in the west, and what the others' proxies count."""

    beside: Beside

    def answers(self, workload: Workload, path: str, count: int = 1, *, rate: int = 50, **headers: str) -> list[Answer]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.beside.call(pod_of(CALLING), [Ask(url(workload, path), headers=named)] * count, rate=rate)

    def arrived(self, version: Version) -> int:
        """How many requests the version's pod was handed by its own proxy so far."""
        return self.beside.arrived(version)

    def flags(self, path: str, count: int) -> Counter[str]:
        """Why the caller's proxy itself answered so many requests for the path with an error, in Envoy's flags."""
        logs = [*of(CALLING), "deploy/caller-v1", "--container=istio-proxy", "--tail=-1"]
        found: list[str] = []

        def logged() -> bool:
            # Envoy writes its log once in ten seconds, unless it has much to write.
            found[:] = re.findall(rf'"GET {path} HTTP/1.1" 50\d (\S+) ', self.beside.got("logs", *logs))
            return len(found) >= count

        until(logged, f"{count} lines of {path} in the caller's log")
        return Counter(found)


@pytest.fixture(scope="module", name="called")
def _called(beside: Beside) -> Iterator[Called]:
    with beside.running(MESH, callers=[CALLER], change=_place):
        for workload in MESH.workloads:
            until(
                lambda workload=workload: (  # type: ignore[misc]
                    len(beside.endpoints(pod_of(CALLING), workload)) == len(MESH.versions_of(workload))
                ),
                f"the endpoints of {workload} at the caller",
            )
        yield Called(beside)


@pytest.mark.parametrize(
    ("path", "more"),
    [
        pytest.param("/connections", 2, id="one connection, and one request that waits for it"),
        pytest.param("/requests", 1, id="one request under way"),
    ],
)
def test_what_is_over_a_limit_is_answered_at_once(called: Called, path: str, more: int) -> None:
    """By the caller's own proxy: 503 with the flag UO, and none of it arrives.

    A thread of the proxy that has no connection may open one over the limit, so that nothing waits there for ever.
    """
    before, count = called.arrived(WAITING), 20
    answers = called.answers(SLOW, path, count, rate=200)
    let_through = [answer for answer in answers if answer.version]
    assert {answer.status for answer in answers if not answer.version} == {503}
    assert called.arrived(WAITING) - before == len(let_through)
    assert 1 <= len(let_through) <= more + _threads(called) - 1
    assert called.flags(path, count)["UO"] == count - len(let_through)


def test_a_grpc_call_is_aborted_in_its_own_way(called: Called) -> None:
    """HTTP 200 and the declared status in gRPC's header; the workload is not asked."""
    before = called.arrived(WAITING)
    (answer,) = called.answers(SLOW, "/grpc", content_type="application/grpc")
    assert (answer.status, answer.headers["content-type"], answer.headers["grpc-status"]) == (
        200,
        "application/grpc",
        "8",
    )
    assert called.arrived(WAITING) == before


def test_a_timeout_cuts_an_answer_off(called: Called) -> None:
    """504 from the caller's proxy, not from the workload, which would have answered by itself later."""
    (cut,), (whole,) = called.answers(SLOW, "/cut"), called.answers(SLOW, "/whole")
    assert (cut.status, cut.version, cut.text) == (504, None, "upstream request timeout")
    assert (whole.status, whole.version) == (504, "v1")
    assert called.flags("/cut", 1) == {"UT": 1}


@pytest.mark.parametrize(
    ("workload", "version", "path", "tries"),
    [
        pytest.param(FAIL, FAILING, "/once", 1, id="no retry, as nothing is said"),
        pytest.param(FAIL, FAILING, "/thrice", 3, id="two retries"),
        pytest.param(FAIL, FAILING, "/status", 2, id="one retry on this very status"),
        pytest.param(FAIL, FAILING, "/other", 1, id="retries on something else"),
        pytest.param(SLOW, WAITING, "/tries", 3, id="two retries, each cut off"),
    ],
)
def test_the_server_sees_each_try(called: Called, workload: Workload, version: Version, path: str, tries: int) -> None:
    """The caller sees one answer a request; the workload's proxy counts the declared tries, and no more."""
    before, count = called.arrived(version), 10
    assert {answer.status for answer in called.answers(workload, path, count)} == {504}
    assert called.arrived(version) - before == count * tries


def test_requests_stay_near(called: Called) -> None:
    """While the near endpoint is well, the far one gets none."""
    assert {answer.version for answer in called.answers(NEARBY, "/", 40)} == {"near"}


def test_requests_go_far_when_the_near_ones_fail(called: Called) -> None:
    """After so many errors in a row the near endpoint is out, and from then on the far one answers."""
    versions = [answer.version for answer in called.answers(BROKEN, "/", 60, rate=20)]
    failed = versions.count("near")
    assert versions == ["near"] * failed + ["far"] * (60 - failed)
    # One more at most is on its way when the last of the row is counted.
    assert TRIES <= failed <= TRIES + 1


def test_requests_are_shared_out_among_localities(called: Called) -> None:
    """In the declared percent."""
    versions = [answer.version for answer in called.answers(SHARED, "/", 400, rate=100)]
    assert share_p(versions.count("near"), len(versions), 0.8) > LEVEL


def test_the_fields_of_an_outlier_detection_are_envoys(called: Called) -> None:
    """Each that is declared, and of those that are not none of Istio's own defaults that would eject as well."""
    every = called.beside.clusters(pod_of(CALLING), NEARBY)[""]
    some = called.beside.clusters(pod_of(CALLING), BROKEN)[""]["outlier_detection"]
    detection = every["outlier_detection"]
    expected = {
        "consecutive_gateway_failure": 4,
        "enforcing_consecutive_gateway_failure": 100,
        "consecutive_5xx": 7,
        "enforcing_consecutive_5xx": 100,
        "split_external_local_origin_errors": True,
        "consecutive_local_origin_failure": 5,
        "enforcing_consecutive_local_origin_failure": 100,
        "interval": "9s",
        "base_ejection_time": "11s",
        "max_ejection_percent": 55,
        "enforcing_success_rate": 0,
    }
    assert {name: detection[name] for name in expected} == expected
    assert every["common_lb_config"]["healthy_panic_threshold"] == {"value": 22}
    assert (some["consecutive_gateway_failure"], some["enforcing_consecutive_5xx"]) == (TRIES, 0)
    assert "split_external_local_origin_errors" not in some


def _threads(called: Called) -> int:
    told = called.beside.admin(pod_of(CALLING), "stats?filter=^server.concurrency$")
    return int(told.strip().removeprefix("server.concurrency: "))


def _place(version: Version, deployment: Item) -> None:
    """Callers and what is near are in one region, what is far in another: the lab has one node, so the pods say it."""
    metadata = deployment["spec"]["template"]["metadata"]
    metadata["labels"]["istio-locality"] = "east.b" if version in FAR else "west.a"
