"""Requests made up for conditions on more than path and headers, and which of these no request is made up for."""

from __future__ import annotations

import pytest

from components.experiments.matching import NoRequest, request_for, routed, with_cookie
from components.experiments.traffic import Request
from components.model import (
    Authority,
    Condition,
    Cookie,
    From,
    Gateway,
    Header,
    Method,
    Path,
    PathPrefix,
    Port,
    Query,
    Route,
    VirtualService,
    Without,
    Workload,
)

ORIGIN = "http://gateway.test:80"
SHOP = Workload("shop", namespace="shop", port=8000)
OLD = SHOP.version("old")
HOST = Gateway("public", hosts=["a.mesh.test"], port=80).host("a.mesh.test")


def service(*conditions: Condition) -> VirtualService:
    """One route with these conditions, and one behind it that takes the rest."""
    return VirtualService(HOST, [Route("first", when=conditions, to=OLD), Route("rest", to=OLD)])


MET = [
    pytest.param((Cookie("group", "b"),), "/", "cookie", "group=b", id="cookie"),
    pytest.param((Cookie("seen"),), "/", "cookie", "seen=experiment", id="cookie that is there"),
    pytest.param((Query("v", "2"), Query("debug")), "/?v=2&debug=experiment", "host", "a.mesh.test", id="queries"),
    pytest.param(
        (Query("v", prefix="3."), Path("/p")), "/p?v=3.experiment", "host", "a.mesh.test", id="query and path"
    ),
    pytest.param((Authority("a.mesh.test:8080"),), "/", "host", "a.mesh.test:8080", id="authority"),
    pytest.param((Method(["GET", "PUT"]), Port(80)), "/", "host", "a.mesh.test", id="method and port"),
    pytest.param((PathPrefix("/A", ignore_case=True),), "/A", "host", "a.mesh.test", id="path of any case"),
    pytest.param((Header("x"), Without(Header("y"))), "/", "x", "experiment", id="a header without another"),
]


@pytest.mark.parametrize(("conditions", "path", "header", "value"), MET)
def test_a_request_meets_every_condition(conditions: tuple[Condition, ...], path: str, header: str, value: str) -> None:
    """The first route takes it, by the conditions turned around."""
    declared = service(*conditions)
    request = request_for(declared, declared.routes[0], ORIGIN)
    assert (request.path, request.header(header)) == (path, value)


MISSED = [
    pytest.param(
        Cookie("group", "b"), Request(origin=ORIGIN, headers=(("cookie", "my-group=b"),)), id="another cookie"
    ),
    pytest.param(Query("v", "2"), Request(origin=ORIGIN, path="/?w=2"), id="another parameter"),
    pytest.param(Path("/a"), Request(origin=ORIGIN, path="/A"), id="another case"),
    pytest.param(Header("x", "A"), Request(origin=ORIGIN, headers=(("x", "a"),)), id="a value of another case"),
    pytest.param(
        Without(Header("x")), Request(origin=ORIGIN, headers=(("x", "a"),)), id="a header that must be absent"
    ),
    pytest.param(Method("POST"), Request(origin=ORIGIN), id="another method"),
]


@pytest.mark.parametrize(("condition", "request_"), MISSED)
def test_a_request_that_misses_a_condition_goes_on(condition: Condition, request_: Request) -> None:
    """The route behind takes it."""
    taken = routed(service(condition), request_)
    assert taken is not None
    assert taken.name == "rest"


UNKNOWN = [
    pytest.param(service(Cookie("a", regex="b+")), "a cookie is matched by a regular expression", id="cookie by regex"),
    pytest.param(service(Query("a", regex="b+")), "a query is matched by a regular expression", id="query by regex"),
    pytest.param(service(Authority(prefix="a.")), "the authority is matched by its start", id="start of an authority"),
    pytest.param(service(Method("POST")), "requests of an experiment are GETs", id="method"),
    pytest.param(
        VirtualService(SHOP, [Route("first", when=From(OLD), to=OLD)]), "only shop old takes it", id="a caller's own"
    ),
]


@pytest.mark.parametrize(("declared", "reason"), UNKNOWN)
def test_where_no_request_is_made_up_the_reason_is_said(declared: VirtualService, reason: str) -> None:
    """Its row says "could not tell" with these words."""
    with pytest.raises(NoRequest, match=reason):
        request_for(declared, declared.routes[0], ORIGIN)


def test_a_cookie_more_keeps_those_that_are_there() -> None:
    """A key for a hash by cookie does not unpin a request from its version."""
    pinned = Request(origin=ORIGIN, headers=(("cookie", "canary=old"),))
    assert with_cookie(pinned, "user=1").header("cookie") == "canary=old; user=1"
