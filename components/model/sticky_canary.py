"""A canary whose visitors stay on the version that they met first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from components.model.conditions import Condition, Cookie, require_cookie, subject_of
from components.model.external_services import ExternalDestination
from components.model.headers import HeaderOperations
from components.model.quantities import seconds
from components.model.retries import NoRetry, Retry
from components.model.route import Route
from components.model.split import Destination, Split
from components.model.workload import Workload

SESSION = timedelta(0)
"""The cookie lives until the browser closes."""


@dataclass(frozen=True, slots=True, init=False)
class StickyCanary:
    """New visitors are shared out by weight, and a cookie brings each back to the version that it met.

    A consistent hash can not do that: Envoy draws the version by weight for each request, before any hash. So `routes`
    are one for each version, taken by those who carry its cookie, and behind them the split, whose answers set it.

    The weights are true for visitors without the cookie. A version whose weight is 0 pins nobody: its visitors are shared
    out anew. `cookie` is the cookie's name, `lifetime` how long it lives (zero: until the browser closes), counted from
    the first answer. `when` holds for all of these routes.

    Raises `ValueError` for fewer than two destinations, a destination that has no name of its own (a whole workload), a
    condition on cookies, and a lifetime that is not in whole seconds.
    """

    name: str
    split: Split
    cookie: str
    lifetime: timedelta
    when: tuple[Condition, ...]
    timeout: timedelta | None
    retry: Retry | NoRetry

    def __init__(
        self,
        name: str,
        split: Split | Mapping[Destination, int],
        *,
        cookie: str = "",
        lifetime: timedelta = SESSION,
        when: Condition | Sequence[Condition] = (),
        timeout: timedelta | None = None,
        retry: Retry | NoRetry = NoRetry(),
    ) -> None:
        shared = split if isinstance(split, Split) else Split(split)
        for attribute, value in (
            ("name", name),
            ("split", shared),
            ("cookie", cookie or name),
            ("lifetime", lifetime),
            ("when", tuple(when) if isinstance(when, Sequence) else (when,)),
            ("timeout", timeout),
            ("retry", retry),
        ):
            object.__setattr__(self, attribute, value)
        require_cookie(self.cookie, None)
        if "%" in self.cookie:
            raise ValueError(f"the cookie of sticky canary {name!r} is {self.cookie!r}; give a name without '%'")
        if len(shared.weights) < 2:
            raise ValueError(f"sticky canary {name!r} has one destination; give it two or more, or make a Route")
        if shared.request_headers or shared.response_headers:
            raise ValueError(
                f"sticky canary {name!r} is given a split that changes headers; it sets its own cookie there"
            )
        for destination, _ in shared.weights:
            if isinstance(destination, (Workload, ExternalDestination)):
                raise ValueError(
                    f"sticky canary {name!r} goes to all of {destination}, so a cookie would pin nothing; give versions"
                )
        if any(subject_of(condition) == "header 'cookie'" for condition in self.when):
            raise ValueError(
                f"sticky canary {name!r} has a condition on cookies beside its own; Istio matches them once. Use a header"
            )
        if lifetime < SESSION or lifetime.microseconds:
            raise ValueError(
                f"the cookie of sticky canary {name!r} lives {lifetime.total_seconds():g} s; give whole seconds, 0 or more"
            )
        self.routes  # noqa: B018 - what can not be a route is refused here, not where the routes are used

    @property
    def routes(self) -> tuple[Route, ...]:
        """One route for each pinned destination, then the split: `VirtualService(host, [*canary.routes])`."""
        pinned = tuple(
            self._route(f"{self.name}-{pin}", destination, (*self.when, Cookie(self.cookie, pin)))
            for destination in self.split.reached
            for pin in (_pin(destination),)
        )
        return (*pinned, self._route(self.name, self._setting_the_cookie(), self.when))

    def _route(self, name: str, to: Split | Destination, when: tuple[Condition, ...]) -> Route:
        return Route(name, to=to, when=when, timeout=self.timeout, retry=self.retry)

    def _setting_the_cookie(self) -> Split:
        age = "" if self.lifetime == SESSION else f"; Max-Age={self.lifetime // seconds(1)}"
        return Split(
            self.split.weights,
            response_headers=[
                # Added, not set: what the workload itself keeps in cookies stays.
                (each, HeaderOperations(add={"set-cookie": f"{self.cookie}={_pin(each)}; Path=/{age}; HttpOnly"}))
                for each in self.split.reached
            ],
        )


def _pin(destination: Destination) -> str:
    assert not isinstance(destination, ExternalDestination), "refused when the canary was made"
    return destination.name
