"""Requests made up from conditions, and which route takes them."""

from __future__ import annotations

import pytest

from components.experiments.matching import NoRequest, behind, host_header, keyed, request_for, routed
from components.experiments.traffic import Request
from components.model import (
    Condition,
    Gateway,
    Header,
    Path,
    PathPrefix,
    PathRegex,
    Route,
    VirtualService,
    Workload,
)

ORIGIN = "http://gateway.test:80"
STABLE = Workload("shop", namespace="shop", port=8000).version("v1")
GATEWAY = Gateway("public", hosts=["a.mesh.test", "*.wild.test"])


def service(*conditions: tuple[Condition, ...]) -> VirtualService:
    """Routes r0, r1, ... with these conditions, to one version."""
    routes = [Route(f"r{place}", when=when, to=STABLE) for place, when in enumerate(conditions)]
    return VirtualService(GATEWAY.host("a.mesh.test"), routes)


@pytest.mark.parametrize(
    ("condition", "path", "header"),
    [
        pytest.param(PathPrefix("/200"), "/200", None, id="prefix"),
        pytest.param(Path("/exact"), "/exact", None, id="whole path"),
        pytest.param(Header("x-tester", "yes"), "/", "yes", id="header with a value"),
        pytest.param(Header("x-tester", prefix="y"), "/", "yexperiment", id="header with a prefix"),
        pytest.param(Header("x-tester"), "/", "experiment", id="header that is present"),
    ],
)
def test_a_request_meets_its_routes_condition(condition: Condition, path: str, header: str | None) -> None:
    """The request has what the condition asks for, and the host's name."""
    declared = service((condition,), ())
    request = request_for(declared, declared.routes[0], ORIGIN)
    assert (request.path, request.header("x-tester"), request.header("host")) == (path, header, "a.mesh.test")
    assert routed(declared, request) is declared.routes[0]


def test_a_request_avoids_the_routes_before() -> None:
    """A prefix whose bare path an earlier route takes is reached by a longer path."""
    declared = service((Path("/shop"),), (PathPrefix("/shop/"),), (PathPrefix("/shop"),))
    request = request_for(declared, declared.routes[2], ORIGIN)
    assert request.path == "/shopexperiment"


@pytest.mark.parametrize(
    ("conditions", "reason"),
    [
        pytest.param([(PathRegex("/v[0-9]+"),)], "regular expression", id="path by a regular expression"),
        pytest.param([(Header("x-user", regex="[a-z]+"),)], "regular expression", id="header by a regular expression"),
        pytest.param([(PathPrefix("/"),), (Path("/shop"),)], "taken by route 'r0'", id="an earlier route takes all"),
    ],
)
def test_where_no_request_is_known_the_reason_is_said(conditions: list[tuple[Condition, ...]], reason: str) -> None:
    """Nothing is guessed: no request, and why."""
    declared = service(*conditions)
    with pytest.raises(NoRequest, match=reason):
        request_for(declared, declared.routes[-1], ORIGIN)


def test_the_route_behind_is_the_one_that_would_take_over() -> None:
    """Without its route, a request goes to the next that takes it, or to none."""
    declared = service((PathPrefix("/200"),), (PathPrefix("/504"),), ())
    request = Request(origin=ORIGIN, path="/200")
    assert behind(declared, declared.routes[0], request) is declared.routes[2]
    alone = service((PathPrefix("/200"),))
    assert behind(alone, alone.routes[0], request) is None


def test_keys_are_different_values_that_the_route_still_takes() -> None:
    """Keys keep a prefix that is asked for, and a header fixed to one value leaves no key to choose."""
    declared = service((Header("x-user", prefix="tester-"),), (Header("x-user", "one"),))
    request = request_for(declared, declared.routes[0], ORIGIN)
    variants = keyed(declared, declared.routes[0], request, "x-user", 5)
    assert len({variant.header("x-user") for variant in variants}) == 5
    assert all(variant.key == variant.header("x-user") for variant in variants)
    fixed = request_for(declared, declared.routes[1], ORIGIN)
    assert keyed(declared, declared.routes[1], fixed, "x-user", 5) == ()


def test_a_wildcard_host_is_called_by_a_name_under_it() -> None:
    """A request needs a host that the wildcard takes."""
    assert host_header(GATEWAY.host("*.wild.test")) == "experiment.wild.test"
