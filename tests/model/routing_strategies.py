"""Whatever the words of routing let one build, drawn at random; small, and kept only if the model takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from components.model import (
    Abort,
    Authority,
    Condition,
    Cookie,
    Cors,
    Delay,
    Destination,
    DirectResponse,
    From,
    Gateway,
    GatewayHost,
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
    Retry,
    Rewrite,
    Route,
    Split,
    StickyCanary,
    Subset,
    UnmatchedPreflights,
    VirtualService,
    Without,
    Workload,
    milliseconds,
    seconds,
)

Made = TypeVar("Made")

SHOP = Workload("shop", namespace="shop", port=8000)
OLD, NEW = SHOP.version("old"), SHOP.version("new")
DESTINATIONS: tuple[Destination, ...] = (SHOP, OLD, NEW, Subset("own", of=NEW))
GATEWAY = Gateway("public", hosts=["a.mesh.test"])

PRINTABLE = "".join(map(chr, range(32, 127)))
BEYOND = "é\t\n\x00☃"
HOSTS = ("a.test", "b.mesh.test", "x", "*.test", "a.test:80")
HEADERS = ("x", "x-user", "x_y", "x.y", "!", "host", "X", "set-cookie", "cookie")
REGEXES = (
    ".*",
    "[a-z]+",
    "(a|b)c?",
    r"\d{1,3}",
    "(?i)x",
    r"a\.b",
    "^/x/(.*)$",
    "(?!x)",
    "a++",
    "",
    "a{2000}",
    r"\Z",
    "(",
    "*",
)
VALUES = ("1", "", "%REQ(x-a)%", "5%%", "5%", "%PROTOCOL%", "%A(%", "a b", "é", '"')


class Draw:
    """Values from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def text(self) -> str:
        alphabet = PRINTABLE if self.chance.random() < 0.9 else PRINTABLE + BEYOND
        return "".join(self.chance.choices(alphabet, k=self.chance.randint(0, 5)))

    def one(self, *of: Made) -> Made:
        return self.chance.choice(of)

    def some(self, most: int, make: Callable[[], Made]) -> list[Made]:
        return [make() for _ in range(self.chance.randint(0, most))]

    def maybe(self, make: Callable[[], Made], otherwise: Any = None) -> Any:
        return make() if self.chance.random() < 0.4 else otherwise

    def made(self, make: Callable[[], Made]) -> Made:
        """What the model takes, of as many tries as that needs."""
        for _ in range(2000):
            try:
                return make()
            except ValueError:
                continue
        raise AssertionError("the model takes nothing of this kind")

    def way(self, *ways: str) -> dict[str, str]:
        way = self.one(*ways, "")
        if not way:
            return {}
        return {way: self.one(*REGEXES, self.text()) if way == "regex" else self.one(self.text(), *HOSTS)}

    def path(self) -> str:
        return self.one("/", "/x", "/x/", "/X.y", "/" + self.text())

    def percent(self) -> Percent:
        return Percent(self.one(0, 0.0001, 12.5, 100, self.chance.uniform(0, 100), self.chance.uniform(0, 0.001)))

    def header(self) -> Header:
        ways: dict[str, Any] = self.way("value", "prefix", "regex")
        return Header(self.one(*HEADERS), **ways, ignore_case=self.one(True, False))

    def condition(self) -> Condition:
        ways: dict[str, Any] = self.way("value", "prefix", "regex")
        kinds: list[Callable[[], Condition]] = [
            self.header,
            lambda: Without(self.header()),
            lambda: Cookie(self.one("a", self.text()), **{way: text for way, text in ways.items() if way != "prefix"}),
            lambda: Query(self.one("a", self.text()), **ways),
            lambda: Authority(**ways),
            lambda: Path(self.path(), ignore_case=self.one(True, False)),
            lambda: PathPrefix(self.path(), ignore_case=self.one(True, False)),
            lambda: PathRegex(self.one(*REGEXES)),
            lambda: Method(self.some(2, lambda: self.one("GET", "POST", "M-SEARCH", "get"))),
            lambda: Port(self.one(80, 81)),
            lambda: From(SHOP if self.one(True, False) else OLD),
        ]
        return self.chance.choice(kinds)()

    def conditions(self) -> list[Condition]:
        return self.some(3, lambda: self.made(self.condition))

    def operations(self) -> HeaderOperations:
        changes = [{self.one(*HEADERS): self.one(*VALUES, self.text()) for _ in range(self.one(0, 1, 2))} for _ in "ab"]
        return HeaderOperations(set=changes[0], add=changes[1], remove=self.some(1, lambda: self.one(*HEADERS)))

    def weights(self) -> dict[Destination, int]:
        return {self.one(*DESTINATIONS): self.one(0, 1, 90, 2**30, 2**31, -1) for _ in range(self.one(1, 2, 3))}

    def split(self) -> Split:
        def few() -> dict[Destination, HeaderOperations]:
            return {self.one(*DESTINATIONS): self.made(self.operations)}

        return Split(self.weights(), request_headers=self.maybe(few, {}), response_headers=self.maybe(few, {}))

    def redirect(self) -> Redirect:
        return Redirect(
            self.one(301, 302, 303, 304, 307, 308),
            host=self.maybe(lambda: self.one(*HOSTS)),
            path=self.maybe(self.path),
            prefix=self.maybe(self.path),
            scheme=self.maybe(lambda: self.one("http", "https", "ftp")),
            port=self.maybe(lambda: self.one(0, 8443, *RedirectPort)),
        )

    def rewrite(self) -> Rewrite:
        regex = self.maybe(
            lambda: {"regex": self.one(*REGEXES), "replacement": self.one(r"/\1", r"\0x", self.text())}, {}
        )
        return Rewrite(
            path=self.maybe(self.path),
            prefix=self.maybe(self.path),
            authority=self.maybe(lambda: self.one(*HOSTS)),
            **regex,
        )

    def cors(self) -> Cors:
        return Cors(
            allow_origins=self.some(2, lambda: self.one("*", "https://a.test", "http://a.test:8080", self.text())),
            allow_origin_regexes=self.some(1, lambda: self.one(*REGEXES)),
            allow_methods=self.some(2, lambda: self.one("GET", "*", "LIST")),
            allow_headers=self.some(2, lambda: self.one("*", *HEADERS)),
            expose_headers=self.some(2, lambda: self.one(*HEADERS)),
            max_age=self.maybe(lambda: milliseconds(self.one(1000, 86400000, 1500, 0))),
            allow_credentials=self.one(True, False),
            unmatched_preflights=self.one(*UnmatchedPreflights),
        )

    def mirror(self) -> Mirror:
        return Mirror(self.one(*DESTINATIONS), share=self.percent())

    def route(self) -> Route:
        parts: dict[str, Callable[[], Any]] = {
            "timeout": lambda: milliseconds(self.one(0, 1, 1500)),
            "retry": lambda: Retry(self.one(0, 1, 3)),
            "delay": lambda: Delay(milliseconds(self.one(1, 500)), on=self.percent()),
            "abort": lambda: Abort(self.one(200, 503, 599), on=self.percent()),
            "rewrite": self.rewrite,
            "request_headers": self.operations,
            "response_headers": self.operations,
            "mirror": lambda: self.some(2, lambda: self.made(self.mirror)),
            "cors": self.cors,
        }
        outcomes: dict[str, Callable[[], Any]] = {"to": self.split, "redirect": self.redirect, "respond": self.respond}
        outcome = self.one(*outcomes)
        chosen: dict[str, Any] = {name: self.made(make) for name, make in parts.items() if self.chance.random() < 0.2}
        name = self.one("a", "b", "c-d", "E")
        return Route(name, when=self.conditions(), **{outcome: self.made(outcomes[outcome])}, **chosen)

    def respond(self) -> DirectResponse:
        return DirectResponse(self.one(200, 404, 599, 600), self.text())

    def canary(self) -> Sequence[Route]:
        cookie, lifetime = self.one("", "c", self.text()), seconds(self.one(0, 1, 0.5, 10**8))
        return StickyCanary("a", self.weights(), cookie=cookie, lifetime=lifetime, when=self.conditions()[:1]).routes

    def service(self) -> VirtualService:
        host: GatewayHost | Workload = GATEWAY.host("a.mesh.test") if self.one(True, False) else SHOP
        if self.chance.random() < 0.2:
            return VirtualService(host, self.made(self.canary))
        return VirtualService(host, [self.made(self.route) for _ in range(self.one(1, 2))])


def mesh_of(seed: int) -> Mesh:
    """A mesh with one host, the same for the same seed."""
    draw = Draw(seed)
    return draw.made(lambda: Mesh(versions=[OLD, NEW], virtual_services=[draw.service()]))
