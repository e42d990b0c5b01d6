"""Routes, answers, changes and canaries that can never be right are refused; those that can survive as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from components.model import (
    Abort,
    Authority,
    ConsistentHash,
    Cookie,
    Cors,
    DirectResponse,
    From,
    Gateway,
    Header,
    HeaderOperations,
    Mesh,
    Method,
    Mirror,
    Path,
    PathPrefix,
    PathRegex,
    Percent,
    Port,
    Query,
    Redirect,
    Retry,
    Rewrite,
    Route,
    Split,
    StickyCanary,
    Subset,
    TrafficPolicy,
    VirtualService,
    Workload,
    milliseconds,
    seconds,
)
from components.model.document import decode, encode
from tests.example_routing import mesh_with_every_route

SHOP = Workload("shop", namespace="shop", port=8000)
OLD, NEW = SHOP.version("old"), SHOP.version("new")
HOST = Gateway("public", hosts=["a.mesh.test"]).host("a.mesh.test")
HASHED = Subset("hashed", of=NEW, load_balancer=ConsistentHash(header="x-user"))
HASH_POLICY = TrafficPolicy(SHOP, load_balancer=ConsistentHash(header="x-user"))
SET = HeaderOperations(set={"x": "1"})

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a route to nowhere": (lambda: Route("r"), "route 'r' has no outcome; give it exactly one of `to`"),
    "a route with two outcomes": (
        lambda: Route("r", to=OLD, redirect=Redirect(host="b.test")),
        "route 'r' has to and redirect; give it exactly one",
    ),
    "a timeout of a redirect": (
        lambda: Route("r", redirect=Redirect(host="b.test"), timeout=seconds(1)),
        "route 'r' has timeout beside redirect; the proxy answers by itself",
    ),
    "a retry of an answer": (
        lambda: Route("r", respond=DirectResponse(200), retry=Retry(1)),
        "route 'r' has retry beside respond",
    ),
    "a fault of an answer": (lambda: Route("r", respond=DirectResponse(200), abort=Abort(500)), "has abort beside"),
    "a mirror of an answer": (lambda: Route("r", respond=DirectResponse(200), mirror=Mirror(OLD)), "has mirror beside"),
    "a prefix in the place of a whole path": (
        lambda: Route("r", when=Path("/a"), to=OLD, rewrite=Rewrite(prefix="/b")),
        "route 'r' rewrites the prefix to '/b' and matches the path /a",
    ),
    "a prefix redirect of any path": (
        lambda: Route("r", redirect=Redirect(prefix="/b")),
        "route 'r' redirects the prefix to '/b' and matches any path",
    ),
    "a prefix that loses its slash": (
        lambda: Route("r", when=PathPrefix("/a/"), to=OLD, rewrite=Rewrite(prefix="/b")),
        "would make '/ba' of '/a/a'; end both with '/', or neither",
    ),
    "a redirect that doubles a slash": (
        lambda: Route("r", when=PathPrefix("/a"), redirect=Redirect(prefix="/")),
        "would make '//a' of '/a/a'",
    ),
    "a redirect to nowhere": (lambda: Redirect(), "the redirect leads back to where it is"),
    "a redirect that Envoy does not know": (
        lambda: Redirect(304, host="b.test"),
        "the redirect answers 304; Envoy redirects with 301, 302, 303, 307, 308",
    ),
    "a redirect to a path and a prefix": (lambda: Redirect(path="/a", prefix="/b"), "has a path and a prefix"),
    "a redirect to any host": (lambda: Redirect(host="*.test"), "leads to '*.test', which is no host"),
    "a redirect to a port that is none": (lambda: Redirect(port=0), "the port of the redirect is 0"),
    "a redirect by a scheme that is none": (lambda: Redirect(scheme="ftp"), "has the scheme 'ftp'"),
    "an answer with a status that is none": (
        lambda: DirectResponse(600),
        "has the status 600; Envoy sends one from 200",
    ),
    "an answer of a megabyte": (lambda: DirectResponse(200, "x" * 2**20), "has 1048576 bytes, which each proxy would"),
    "a rewrite of nothing": (lambda: Rewrite(), "the rewrite changes nothing"),
    "a rewrite in two ways": (lambda: Rewrite(path="/a", prefix="/b"), "the rewrite has path and prefix"),
    "half a regex rewrite": (lambda: Rewrite(regex="/a"), "has one of regex and replacement; give both"),
    "a group that is not there": (
        lambda: Rewrite(regex="/a", replacement=r"/\1"),
        "uses '\\1', and '/a' has 0 groups",
    ),
    "header changes of nothing": (lambda: HeaderOperations(), "the header operations change nothing"),
    "a header removed and set": (
        lambda: HeaderOperations(set={"x": "1"}, remove=["x"]),
        "header 'x' is removed and given",
    ),
    "a host set as a header": (
        lambda: HeaderOperations(set={"host": "b.test"}),
        "give the route Rewrite(authority=...)",
    ),
    "a percent sign alone": (lambda: HeaderOperations(set={"x": "100%"}), "write '%%' for a percent sign"),
    "a header without value": (lambda: HeaderOperations(add={"x": ""}), "Envoy leaves out a header without one"),
    "a header over two lines": (lambda: HeaderOperations(add={"x": "a\nb"}), "a header holds printable ASCII"),
    "a mirror of nothing": (lambda: Mirror(OLD, share=Percent(0)), "the mirror copies 0 % of the requests"),
    "CORS for nobody": (lambda: Cors(), "the CORS policy allows no origin"),
    "an origin with a path": (lambda: Cors(allow_origins=["https://a.test/"]), "the origin 'https://a.test/' can not"),
    "cookies for everybody": (
        lambda: Cors(allow_origins=["*"], allow_credentials=True),
        "lets any site call with its visitors' cookies",
    ),
    "a CORS method that is none": (
        lambda: Cors(allow_origins=["*"], allow_methods=["LIST"]),
        "allows the method 'LIST'; Istio takes GET",
    ),
    "half a second of CORS": (
        lambda: Cors(allow_origins=["*"], max_age=milliseconds(1500)),
        "max_age of the CORS policy is 1.5 s; the header holds whole seconds",
    ),
    "a cookie with a semicolon": (lambda: Cookie("a", "b;c"), "the value of cookie 'a' is 'b;c'"),
    "a cookie matched two ways": (lambda: Cookie("a", "b", regex="c"), "cookie 'a' is matched by value and regex"),
    "a query name with a sign": (lambda: Query("a=b"), "the query parameter 'a=b' can not match"),
    "an empty prefix": (lambda: Query("a", prefix=""), "is matched by the prefix '', which is none"),
    "a method in small letters": (lambda: Method("get"), "did you mean 'GET'?"),
    "no method": (lambda: Method([]), "the condition names no method"),
    "an authority with a path": (lambda: Authority("a.test/b"), "without scheme, port or path"),
    "an authority of anything": (lambda: Authority(), "the authority is matched by nothing"),
    "a path with a space": (lambda: Path("/a b"), "so give '/a%20b'"),
    "a regex of nothing": (lambda: PathRegex(""), "which istiod refuses; give an expression such as '.*'"),
    "a regex with possessive signs": (lambda: PathRegex("/a++"), "Envoy's RE2 knows no '++'"),
    "a regex too long": (lambda: PathRegex("/" + "a" * 1024), "is matched by 1025 letters"),
    "the case of nothing": (lambda: Header("x", ignore_case=True), "header 'x' ignores the case of no value"),
    "a cookie twice": (
        lambda: Route("r", to=OLD, when=[Cookie("a", "1"), Cookie("b", "2")]),
        "route 'r' has two conditions on header 'cookie'",
    ),
    "a caller behind a gateway": (
        lambda: VirtualService(HOST, [Route("r", to=OLD, when=From(SHOP))]),
        "route 'r' of host a.mesh.test never gets a request; shop does not call by the gateway",
    ),
    "a port that nobody calls": (
        lambda: VirtualService(HOST, [Route("r", to=OLD, when=Port(81))]),
        "never gets a request at port 81; the host is called at 80",
    ),
    "a caller that does not run": (
        lambda: Mesh(
            versions=[OLD],
            virtual_services=[VirtualService(SHOP, [Route("r", to=OLD, when=From(NEW))])],
        ),
        "a condition of host shop goes to shop new, which does not run",
    ),
    "a mirror to what does not run": (
        lambda: Mesh(versions=[OLD], virtual_services=[VirtualService(SHOP, [Route("r", to=OLD, mirror=Mirror(NEW))])]),
        "route 'r' of host shop goes to shop new, which does not run",
    ),
    "a hash beside a weight": (
        lambda: Split({OLD: 1, HASHED: 1}),
        "the split shares requests between shop new (hashed), which is balanced by a consistent hash, and others",
    ),
    "a workload's hash beside a weight": (
        lambda: Mesh(
            versions=[OLD, NEW],
            virtual_services=[VirtualService(SHOP, [Route("r", to=Split({OLD: 1, NEW: 1}))])],
            policies=[HASH_POLICY],
        ),
        "route 'r' of host shop shares requests between shop old, which is balanced by a consistent hash",
    ),
    "headers of a share of nothing": (
        lambda: Split({OLD: 1, NEW: 0}, request_headers={NEW: SET}),
        "the split changes request headers for shop new, which gets none of its requests",
    ),
    "a canary of one version": (lambda: StickyCanary("c", {OLD: 1}), "sticky canary 'c' has one destination"),
    "a canary of a whole workload": (
        lambda: StickyCanary("c", {SHOP: 1, NEW: 1}),
        "goes to all of shop, so a cookie would pin nothing",
    ),
    "a canary with a cookie beside its own": (
        lambda: StickyCanary("c", {OLD: 1, NEW: 1}, when=Cookie("a")),
        "has a condition on cookies beside its own",
    ),
    "a canary's cookie of half a second": (
        lambda: StickyCanary("c", {OLD: 1, NEW: 1}, lifetime=milliseconds(500)),
        "lives 0.5 s; give whole seconds",
    ),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_part_of_a_route_that_can_never_be_right_is_refused(make: Callable[[], object], message: str) -> None:
    """The message names the part, the value given, and what is allowed."""
    with pytest.raises(ValueError, match=r".") as refused:
        make()
    assert message in str(refused.value)


def test_every_route_survives_as_plain_data() -> None:
    """Encoded, written as JSON, read and decoded, it is the same mesh."""
    mesh = mesh_with_every_route()
    assert decode(json.loads(json.dumps(encode(mesh)))) == mesh


def test_a_hash_beside_a_weight_of_nothing_is_no_split() -> None:
    """All requests go to the hashed one, so its keys do stick."""
    assert Split({OLD: 0, HASHED: 1}).reached == (HASHED,)


def test_a_subset_only_copied_to_is_a_subset_of_the_mesh() -> None:
    """A copy to a subset needs the subset's place in the destination rule as much as a route does."""
    service = VirtualService(SHOP, [Route("r", to=OLD, mirror=Mirror(HASHED))])
    assert Mesh(versions=[OLD, NEW], virtual_services=[service]).subsets == (HASHED,)
