"""Which requests go where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from components.model.answers import DirectResponse, Redirect
from components.model.conditions import Condition, From, Port
from components.model.cors import Cors
from components.model.faults import Abort, Delay
from components.model.gateway import GatewayHost
from components.model.headers import HeaderOperations
from components.model.mirror import Mirror
from components.model.retries import NoRetry, Retry
from components.model.rewriting import Rewrite
from components.model.route_rules import require_possible
from components.model.split import Destination, Split, workload_of
from components.model.workload import Version, Workload

__all__ = ["Destination", "Route", "Split", "VirtualService", "workload_of"]


@dataclass(frozen=True, slots=True, init=False)
class Route:
    """Requests that meet every condition in `when` go `to` a destination, or the proxy answers them itself, by a
    `redirect` or as `respond` says; with no condition, all do.

    `timeout` cuts off an answer that takes longer (None: never). `retry` is explicit: by default the caller sees the
    first try. `delay` and `abort` are faults injected on this route only. `rewrite` changes path and host on the way,
    `request_headers` and `response_headers` change headers, `mirror` sends copies along, `cors` lets other sites call.

    Raises `ValueError` for none or two of `to`, `redirect` and `respond`; for two conditions on one thing; for a fault
    beside a retry or timeout: Envoy's fault filter answers before either applies (istio/istio issue 13705); and for what
    else would not happen, such as a timeout of a redirect.
    """

    name: str
    to: Split | None
    when: tuple[Condition, ...]
    timeout: timedelta | None
    retry: Retry | NoRetry
    delay: Delay | None
    abort: Abort | None
    redirect: Redirect | None
    respond: DirectResponse | None
    rewrite: Rewrite | None
    request_headers: HeaderOperations | None
    response_headers: HeaderOperations | None
    mirror: tuple[Mirror, ...]
    cors: Cors | None

    def __init__(
        self,
        name: str,
        *,
        to: Split | Destination | None = None,
        when: Condition | Sequence[Condition] = (),
        timeout: timedelta | None = None,
        retry: Retry | NoRetry = NoRetry(),
        delay: Delay | None = None,
        abort: Abort | None = None,
        redirect: Redirect | None = None,
        respond: DirectResponse | None = None,
        rewrite: Rewrite | None = None,
        request_headers: HeaderOperations | None = None,
        response_headers: HeaderOperations | None = None,
        mirror: Mirror | Sequence[Mirror] = (),
        cors: Cors | None = None,
    ) -> None:
        for attribute, value in (
            ("name", name),
            ("to", to if isinstance(to, Split) or to is None else Split({to: 100})),
            ("when", tuple(when) if isinstance(when, Sequence) else (when,)),
            ("timeout", timeout),
            ("retry", retry),
            ("delay", delay),
            ("abort", abort),
            ("redirect", redirect),
            ("respond", respond),
            ("rewrite", rewrite),
            ("request_headers", request_headers),
            ("response_headers", response_headers),
            ("mirror", tuple(mirror) if isinstance(mirror, Sequence) else (mirror,)),
            ("cors", cors),
        ):
            object.__setattr__(self, attribute, value)
        require_possible(self)

    @property
    def split(self) -> Split:
        """Where requests are forwarded to. Raises `ValueError` for a route that the proxy answers itself."""
        if self.to is None:
            raise ValueError(f"route {self.name!r} forwards nothing; the proxy answers its requests: {self}")
        return self.to

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Every destination that the route names, those of copies too."""
        forwarded = self.to.weights if self.to else ()
        return (*(destination for destination, _ in forwarded), *(mirror.to for mirror in self.mirror))

    @property
    def workload(self) -> Workload | None:
        """The workload whose endpoints this route reaches; None when the proxy answers."""
        return workload_of(self.to.weights[0][0]) if self.to else None

    def __str__(self) -> str:
        return str(self.to or self.redirect or self.respond)


@dataclass(frozen=True, slots=True, init=False)
class VirtualService:
    """The routes of one host, tried in order: of a gateway's host, or of a workload as called from inside the mesh.

    Raises `ValueError` for no route, two routes of one name, a route that never gets a request because one before it
    takes all, or because its caller or port is none that this host has.
    """

    host: GatewayHost | Workload
    routes: tuple[Route, ...]

    def __init__(self, host: GatewayHost | Workload, routes: Sequence[Route]) -> None:
        object.__setattr__(self, "host", host)
        object.__setattr__(self, "routes", tuple(routes))
        if not routes:
            raise ValueError(f"host {host} has no route; give it at least one")
        names = [route.name for route in routes]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"host {host} has two routes named {name!r}; give each a name of its own")
        for route, behind in pairwise(routes):
            if not route.when:
                raise ValueError(
                    f"route {behind.name!r} of host {host} never gets a request; route {route.name!r} before it takes "
                    "all. Put the route without conditions last"
                )
        seen: dict[frozenset[Condition], Route] = {}
        for route in routes:
            earlier = seen.setdefault(frozenset(route.when), route)
            if earlier is not route:
                raise ValueError(
                    f"route {route.name!r} of host {host} never gets a request; route {earlier.name!r} before it has the "
                    "same conditions. Give it another, or make one route of both"
                )
        for route in routes:
            for condition in route.when:
                self._require_met(route, condition)

    @property
    def callers(self) -> tuple[Workload | Version, ...]:
        """Whoever a route asks to be the caller."""
        return tuple(c.caller for route in self.routes for c in route.when if isinstance(c, From))

    def _require_met(self, route: Route, condition: Condition) -> None:
        outside = isinstance(self.host, GatewayHost)
        if isinstance(condition, From) and outside:
            raise ValueError(
                f"route {route.name!r} of host {self.host} never gets a request; {condition.caller} does not call by the "
                f"gateway. Route the host of a workload by its caller, as in VirtualService(<workload>, ...)"
            )
        ports = {s.port for s in self.host.servers} if isinstance(self.host, GatewayHost) else {self.host.service_port}
        if isinstance(condition, Port) and condition.number not in ports:
            raise ValueError(
                f"route {route.name!r} of host {self.host} never gets a request at port {condition.number}; "
                f"the host is called at {' and '.join(map(str, sorted(ports)))}. Give one of these, or leave it out"
            )
