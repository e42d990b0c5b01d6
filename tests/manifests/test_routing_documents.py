"""What the words of routing become."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from components.api import decode, encode
from components.experiments.experiment import Unmeasured
from components.experiments.plan import Entrances, plan
from components.experiments.route import RouteExperiment
from components.manifests import documents
from components.manifests.http_matches import cookie_regex
from components.model import (
    Cookie,
    Gateway,
    Mesh,
    PathPrefix,
    Redirect,
    Rewrite,
    Route,
    StickyCanary,
    VirtualService,
    Workload,
    seconds,
)
from tests.example_routing import mesh_with_every_route

GOLDEN = Path(__file__).with_name("golden") / "routing.yaml"
SHOP = Workload("shop", namespace="shop", port=8000)
OLD, NEW = SHOP.version("old"), SHOP.version("new")
HOST = Gateway("public", hosts=["a.mesh.test"]).host("a.mesh.test")


def routes_of(*routes: Route) -> list[dict[str, object]]:
    """The http routes of a VirtualService with these, as data."""
    mesh = Mesh(versions=[OLD, NEW], virtual_services=[VirtualService(HOST, routes)])
    found: list[dict[str, object]] = encode(documents(mesh).virtual_services[0])["spec"]["http"]
    return found


def test_every_route_becomes_the_virtual_services_of_the_golden_file() -> None:
    """Rewrite it with `REWRITE_GOLDEN=1 pytest tests/manifests`, and read the difference."""
    services = documents(mesh_with_every_route()).virtual_services
    written = yaml.safe_dump_all((encode(document) for document in services), sort_keys=False, width=120)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(written)
    assert written == GOLDEN.read_text()


def test_every_document_is_read_back_as_it_was() -> None:
    """What is written decodes to what was encoded: no field is misspelt, none is of a wrong type."""
    for document in documents(mesh_with_every_route()):
        assert encode(decode(encode(document))) == encode(document)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        pytest.param("canary=new", True, id="alone"),
        pytest.param("a=b; canary=new", True, id="behind another"),
        pytest.param("canary=new; a=b", True, id="before another"),
        pytest.param("a=b;canary=new;c=d", True, id="between, without spaces"),
        pytest.param("canary=newer", False, id="a longer value"),
        pytest.param("my-canary=new", False, id="a longer name"),
        pytest.param("a=canary=new", False, id="inside another's value"),
    ],
)
def test_a_cookie_is_found_among_others_and_only_itself(header: str, found: bool) -> None:
    """Envoy has no match on cookies; the expression for the whole header takes this one wherever it stands."""
    assert (re.fullmatch(cookie_regex(Cookie("canary", "new")), header) is not None) is found


def test_a_sticky_canary_is_pins_then_shares_that_set_the_pin() -> None:
    """A pinned request meets its version's route first; all others are shared out and told their pin."""
    pinned_old, pinned_new, shared = routes_of(*StickyCanary("canary", {OLD: 9, NEW: 1}, lifetime=seconds(60)).routes)
    assert [part["match"][0]["headers"]["cookie"]["regex"] for part in (pinned_old, pinned_new)] == [  # type: ignore[index]
        "(.*; ?)?canary=(?:old)(;.*)?",
        "(.*; ?)?canary=(?:new)(;.*)?",
    ]
    assert [part["route"][0]["destination"]["subset"] for part in (pinned_old, pinned_new)] == ["old", "new"]  # type: ignore[index]
    assert "match" not in shared
    assert [(part["weight"], part["headers"]["response"]["add"]["set-cookie"]) for part in shared["route"]] == [  # type: ignore[attr-defined]
        (9, "canary=old; Path=/; Max-Age=60; HttpOnly"),
        (1, "canary=new; Path=/; Max-Age=60; HttpOnly"),
    ]


def test_a_version_without_weight_pins_nobody() -> None:
    """Set a weight to 0 and those who were pinned there are shared out anew."""
    assert [route.name for route in StickyCanary("canary", {OLD: 100, NEW: 0}).routes] == ["canary-old", "canary"]


@pytest.mark.parametrize(
    ("matched", "prefix", "path", "becomes"),
    [
        pytest.param("/x", "/", "/x/a", "/a", id="no double slash"),
        pytest.param("/x", "/", "/x", "/", id="the bare prefix"),
        pytest.param("/x.y", "/z/", "/x.y/a", "/z/a", id="a dot is a dot"),
    ],
)
def test_a_stripped_prefix_leaves_one_slash(matched: str, prefix: str, path: str, becomes: str) -> None:
    """Istio would make //a of /x/a when /x becomes / (istio/istio issue 8076)."""
    (route,) = routes_of(Route("r", when=PathPrefix(matched), to=OLD, rewrite=Rewrite(prefix=prefix)))
    rewrite = route["rewrite"]["uriRegexRewrite"]  # type: ignore[index]
    assert re.sub(rewrite["match"], rewrite["rewrite"], path) == becomes


def test_a_host_that_only_redirects_lives_beside_its_gateway() -> None:
    """It reaches no workload whose namespace it could live in."""
    mesh = Mesh(versions=[OLD], virtual_services=[VirtualService(HOST, [Route("r", redirect=Redirect(host="b.test"))])])
    assert documents(mesh).virtual_services[0].metadata.namespace == "istio-ingress"


def test_the_experiments_plan_a_row_for_every_route() -> None:
    """What no request can be made up for, and what nothing measures yet, is said and not left out."""
    entrances = Entrances(gateway="http://gateway.test:80", service_host=lambda workload: workload.service)
    rows = plan(mesh_with_every_route(), entrances, false_alarms=0.001).experiments
    told = {row.what for row in rows if isinstance(row, Unmeasured)}
    told |= {row.route.name for row in rows if isinstance(row, RouteExperiment)}
    for service in mesh_with_every_route().virtual_services:
        assert {route.name for route in service.routes} <= told
    assert {"strip: rewrite", "headers: request headers", "each: response headers", "mirror: mirror"} <= told
