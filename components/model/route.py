"""Which requests go where: one rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from components.model.answers import DirectResponse, Redirect
from components.model.conditions import Condition
from components.model.cors import Cors
from components.model.faults import Abort, Delay
from components.model.headers import HeaderOperations
from components.model.mirror import Mirror
from components.model.retries import NoRetry, Retry
from components.model.rewriting import Rewrite
from components.model.route_rules import require_possible
from components.model.split import Destination, Split, service_of
from components.model.workload import Workload


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
        """The workload whose endpoints this route reaches; None when the proxy answers, or when it leads outside."""
        reached = service_of(self.to.weights[0][0]) if self.to else None
        return reached if isinstance(reached, Workload) else None

    def __str__(self) -> str:
        return str(self.to or self.redirect or self.respond)
