"""Which requests go where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TypeAlias

from components.model.faults import Abort, Delay
from components.model.gateway import GatewayHost
from components.model.matching import Condition, Header
from components.model.names import require_label
from components.model.quantities import MILLISECOND, require_at_least
from components.model.retries import NoRetry, Retry
from components.model.traffic_policy import Subset
from components.model.workload import Version, Workload

Destination: TypeAlias = Workload | Version | Subset
"""All endpoints of a workload, those of one version, or those of a subset."""


@dataclass(frozen=True, slots=True, init=False)
class Split:
    """Requests shared out by weight among destinations of one workload.

    A destination's share is its weight over the sum of all; a weight of 0 keeps a destination declared with no traffic.

    Raises `ValueError` for no destination, weights below 0 or all 0, or destinations of two workloads.
    """

    weights: tuple[tuple[Destination, int], ...]

    def __init__(self, weights: Mapping[Destination, int] | Sequence[tuple[Destination, int]]) -> None:
        pairs = tuple(weights.items()) if isinstance(weights, Mapping) else tuple(weights)
        object.__setattr__(self, "weights", pairs)
        if not pairs:
            raise ValueError("the split has no destination; give it at least one with a weight")
        for destination, weight in pairs:
            if weight < 0:
                raise ValueError(f"the split gives {destination} the weight {weight}; a weight is 0 or more")
        if not any(weight for _, weight in pairs):
            raise ValueError("the split gives every destination the weight 0; give at least one a weight above 0")
        workloads = {workload_of(destination) for destination, _ in pairs}
        if len(workloads) > 1:
            names = " and ".join(sorted(repr(workload.name) for workload in workloads))
            raise ValueError(
                f"the split is over versions of {names}; a split shares one workload's requests. Make a route for each"
            )

    def share(self, destination: Destination) -> float:
        """The destination's part of the requests, from 0 to 1."""
        total = sum(weight for _, weight in self.weights)
        return sum(weight for other, weight in self.weights if other == destination) / total

    def __str__(self) -> str:
        return ", ".join(f"{weight} {destination}" for destination, weight in self.weights)


@dataclass(frozen=True, slots=True, init=False)
class Route:
    """Requests that meet every condition in `when` go `to` a destination; with no condition, all do.

    `timeout` cuts off an answer that takes longer (None: never). `retry` is explicit: by default the caller sees the
    first try. `delay` and `abort` are faults injected on this route only.

    Raises `ValueError` for two conditions on one header or on the path, and for a fault beside a retry or timeout:
    Envoy's fault filter answers before either applies (istio/istio issue 13705), so what is declared would not happen.
    """

    name: str
    to: Split
    when: tuple[Condition, ...]
    timeout: timedelta | None
    retry: Retry | NoRetry
    delay: Delay | None
    abort: Abort | None

    def __init__(
        self,
        name: str,
        *,
        to: Split | Destination,
        when: Condition | Sequence[Condition] = (),
        timeout: timedelta | None = None,
        retry: Retry | NoRetry = NoRetry(),
        delay: Delay | None = None,
        abort: Abort | None = None,
    ) -> None:
        for attribute, value in (
            ("name", name),
            ("to", to if isinstance(to, Split) else Split({to: 100})),
            ("when", tuple(when) if isinstance(when, Sequence) else (when,)),
            ("timeout", timeout),
            ("retry", retry),
            ("delay", delay),
            ("abort", abort),
        ):
            object.__setattr__(self, attribute, value)
        require_label("the route's name", name)
        if timeout is not None:
            require_at_least(MILLISECOND, f"the timeout of route {name!r}", timeout)
        _require_one_of_each(name, self.when)
        if (delay or abort) and (isinstance(retry, Retry) or timeout is not None):
            raise ValueError(
                f"route {name!r} injects a fault beside a {'retry' if isinstance(retry, Retry) else 'timeout'}; Envoy "
                "applies neither to a request that its fault filter holds or answers. Put the fault on a route of its own"
            )

    @property
    def workload(self) -> Workload:
        """The workload whose endpoints this route reaches."""
        return workload_of(self.to.weights[0][0])


@dataclass(frozen=True, slots=True, init=False)
class VirtualService:
    """The routes of one host, tried in order: of a gateway's host, or of a workload as called from inside the mesh.

    Raises `ValueError` for no route, two routes of one name, or a route that never gets a request because one before
    it takes all.
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


def _require_one_of_each(route: str, when: tuple[Condition, ...]) -> None:
    subjects = [f"header {c.name!r}" if isinstance(c, Header) else "the path" for c in when]
    for subject in subjects:
        if subjects.count(subject) > 1:
            raise ValueError(
                f"route {route!r} has two conditions on {subject}; Istio matches each once. Write one, or a route for each"
            )


def workload_of(destination: Destination) -> Workload:
    """The workload that a destination belongs to."""
    return destination if isinstance(destination, Workload) else destination.workload
