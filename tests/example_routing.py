"""A mesh with every word of routing, for tests of every layer."""

from __future__ import annotations

from components.model import (
    Abort,
    Authority,
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
    RedirectPort,
    Rewrite,
    Route,
    Split,
    StickyCanary,
    UnmatchedPreflights,
    VirtualService,
    Without,
    Workload,
    minutes,
    seconds,
)

MATCHED = "matched.mesh.test"
ANSWERED = "answered.mesh.test"
CHANGED = "changed.mesh.test"
STICKY = "sticky.mesh.test"
MOVED = "moved.mesh.test"


def mesh_with_every_route() -> Mesh:
    """One of each condition, answer and change that a route can have."""
    shop = Workload("shop", namespace="routed-shop", port=8000)
    old, new = shop.version("old"), shop.version("new", replicas=2)
    caller = Workload("caller", namespace="routed-tools", port=8000)
    tester = caller.version("v1")
    public = Gateway("routed", hosts=[MATCHED, ANSWERED, CHANGED, STICKY, MOVED])
    matched = [
        Route("cookie", when=Cookie("group", "b+c"), to=new),
        Route("cookie-like", when=Cookie("group", regex="x[0-9]+"), to=new),
        Route("cookie-there", when=Cookie("seen"), to=new),
        Route("query", when=[Query("v", "2"), Query("debug")], to=new),
        Route("query-like", when=[Query("v", prefix="3."), Query("w", regex="[a-z]+")], to=new),
        Route("method", when=[Method("POST"), Path("/orders", ignore_case=True)], to=new),
        Route("methods", when=[Method(["PUT", "DELETE"]), PathPrefix("/Orders/", ignore_case=True)], to=new),
        Route("authority", when=[Authority(f"{MATCHED}:8080"), Port(80)], to=new),
        Route("authority-like", when=[Authority(prefix="matched.mesh.test:9"), PathRegex("(?i)/a.*")], to=new),
        Route("header", when=Header("x-group", "Beta", ignore_case=True), to=new),
        Route("header-start", when=Header("x-group", prefix="Al", ignore_case=True), to=new),
        Route("header-like", when=Header("x-group", regex="g(am)+a", ignore_case=True), to=new),
        Route("without", when=[Header("x-a"), Without(Header("x-b")), Without(Header("x-c", "1"))], to=new),
        Route("rest", to=old),
    ]
    answered = [
        Route("code", when=Path("/code"), redirect=Redirect(308, host="other.mesh.test", path="/there")),
        Route("start", when=PathPrefix("/from/"), redirect=Redirect(302, prefix="/to/")),
        Route("secure", when=Path("/secure"), redirect=Redirect(scheme="https", port=8443)),
        Route("same-port", when=Path("/port"), redirect=Redirect(307, host="b.test", port=RedirectPort.OF_REQUEST)),
        Route(
            "body",
            when=Path("/body"),
            respond=DirectResponse(503, '{"closed": true}'),
            response_headers=HeaderOperations(set={"content-type": "application/json"}),
        ),
        Route("empty", respond=DirectResponse(204)),
    ]
    changed = [
        Route("path", when=PathPrefix("/whole"), to=old, rewrite=Rewrite(path="/new", authority="inner.mesh.test")),
        Route("prefix", when=PathPrefix("/api/v1"), to=old, rewrite=Rewrite(prefix="/v1")),
        Route("strip", when=PathPrefix("/strip"), to=old, rewrite=Rewrite(prefix="/")),
        Route("regex", when=PathRegex("/u/.*"), to=old, rewrite=Rewrite(regex="^/u/([^/]+)", replacement=r"/user/\1")),
        Route(
            "headers",
            when=Path("/headers"),
            to=old,
            request_headers=HeaderOperations(set={"x-set": "%REQ(x-from)%"}, add={"x-add": "100%%"}, remove="x-drop"),
            response_headers=HeaderOperations(add={"x-answer": "yes"}, remove=["x-gone"]),
        ),
        Route(
            "each",
            when=Path("/each"),
            to=Split(
                {old: 1, new: 1},
                request_headers={old: HeaderOperations(set={"x-group": "a"})},
                response_headers={new: HeaderOperations(set={"x-group": "b"})},
            ),
        ),
        Route("mirror", when=Path("/mirror"), to=old, mirror=[Mirror(new), Mirror(caller, share=Percent(12.5))]),
        Route(
            "cors",
            to=old,
            abort=Abort(500, on=Percent(0.0001)),
            cors=Cors(
                allow_origins=["https://shop.test"],
                allow_origin_regexes=["https://.*[.]shop[.]test"],
                allow_methods=["GET", "POST"],
                allow_headers=["x-user"],
                expose_headers=["x-answer"],
                max_age=minutes(10),
                allow_credentials=True,
                unmatched_preflights=UnmatchedPreflights.IGNORE,
            ),
        ),
    ]
    canary = StickyCanary("canary", {old: 75, new: 25}, lifetime=seconds(3600))
    inside = [
        Route("from-tester", when=From(tester), to=new),
        Route("from-caller", when=[From(caller), Port(80)], to=old),
        Route("rest", to=shop),
    ]
    return Mesh(
        versions=[old, new, tester],
        virtual_services=[
            VirtualService(public.host(MATCHED), matched),
            VirtualService(public.host(ANSWERED), answered),
            VirtualService(public.host(CHANGED), changed),
            VirtualService(public.host(STICKY), [*canary.routes]),
            VirtualService(public.host(MOVED), [Route("moved", redirect=Redirect(host=MATCHED))]),
            VirtualService(shop, inside),
        ],
    )
