"""What a route can not be: combinations of which a part would never happen."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from components.model.answers import DirectResponse, Redirect
from components.model.conditions import Condition, subject_of
from components.model.faults import Abort, Delay
from components.model.headers import HeaderOperations
from components.model.matching import LONGEST_REGEX, Path, PathPrefix, PathRegex
from components.model.mirror import Mirror
from components.model.names import require_label
from components.model.quantities import MILLISECOND, require_at_least
from components.model.retries import NoRetry, Retry
from components.model.rewriting import Rewrite
from components.model.split import Split

FORWARDED_ONLY = ("timeout", "delay", "abort", "rewrite", "request_headers", "mirror")
"""What happens to forwarded requests only; istiod writes none of it, or refuses it, where the proxy answers."""


class RouteParts(Protocol):
    """What a route is made of."""

    @property
    def name(self) -> str: ...
    @property
    def to(self) -> Split | None: ...
    @property
    def when(self) -> tuple[Condition, ...]: ...
    @property
    def timeout(self) -> timedelta | None: ...
    @property
    def retry(self) -> Retry | NoRetry: ...
    @property
    def delay(self) -> Delay | None: ...
    @property
    def abort(self) -> Abort | None: ...
    @property
    def redirect(self) -> Redirect | None: ...
    @property
    def respond(self) -> DirectResponse | None: ...
    @property
    def rewrite(self) -> Rewrite | None: ...
    @property
    def request_headers(self) -> HeaderOperations | None: ...
    @property
    def mirror(self) -> tuple[Mirror, ...]: ...


def require_possible(route: RouteParts) -> None:
    """Raises `ValueError` for a route of which a part would never happen."""
    require_label("the route's name", route.name)
    if route.timeout is not None:
        require_at_least(MILLISECOND, f"the timeout of route {route.name!r}", route.timeout)
    _require_one_outcome(route)
    _require_one_of_each(route.name, route.when)
    _require_no_fault_beside(route)
    _require_prefix(route)


def path_of(when: tuple[Condition, ...]) -> Path | PathPrefix | PathRegex | None:
    """The condition on the path; there is one at most."""
    return next((c for c in when if isinstance(c, (Path, PathPrefix, PathRegex))), None)


def _require_one_outcome(route: RouteParts) -> None:
    outcomes = [name for name in ("to", "redirect", "respond") if getattr(route, name) is not None]
    if len(outcomes) != 1:
        raise ValueError(
            f"route {route.name!r} has {' and '.join(outcomes) or 'no outcome'}; give it exactly one of `to` (forward), "
            "`redirect` and `respond`"
        )
    beside = [name for name in FORWARDED_ONLY if getattr(route, name)]
    beside += ["retry"] if isinstance(route.retry, Retry) else []
    if route.to is None and beside:
        raise ValueError(
            f"route {route.name!r} has {' and '.join(beside)} beside {outcomes[0]}; the proxy answers by itself, so that "
            "would never happen. Leave it out, or forward the requests"
        )


def _require_one_of_each(route: str, when: tuple[Condition, ...]) -> None:
    subjects = [subject_of(condition) for condition in when]
    for subject in subjects:
        if subjects.count(subject) > 1:
            raise ValueError(
                f"route {route!r} has two conditions on {subject}; Istio matches each once. Write one, or a route for each"
            )


def _require_no_fault_beside(route: RouteParts) -> None:
    if (route.delay or route.abort) and (isinstance(route.retry, Retry) or route.timeout is not None):
        raise ValueError(
            f"route {route.name!r} injects a fault beside a {'retry' if isinstance(route.retry, Retry) else 'timeout'}; "
            "Envoy applies neither to a request that its fault filter holds or answers. Put the fault on a route of its own"
        )


def _require_prefix(route: RouteParts) -> None:
    given = route.rewrite.prefix if route.rewrite else route.redirect.prefix if route.redirect else None
    if given is None:
        return
    what, path = "rewrites" if route.rewrite else "redirects", path_of(route.when)
    if not isinstance(path, PathPrefix):
        raise ValueError(
            f"route {route.name!r} {what} the prefix to {given!r} and matches {f'the path {path}' if path else 'any path'}; "
            "give it a PathPrefix to put another in the place of, or change the whole `path`"
        )
    if len(path.value) > LONGEST_REGEX // 2 - 10:
        raise ValueError(
            f"route {route.name!r} {what} a prefix of {len(path.value)} letters; where a '/' must go, that is a regular "
            f"expression, and istiod takes {LONGEST_REGEX} letters. Match a shorter prefix"
        )
    if path.value.endswith("/") and not given.endswith("/"):
        raise ValueError(
            f"route {route.name!r} {what} {path.value!r} to {given!r}, which would make {given + 'a'!r} of "
            f"{path.value + 'a'!r}; end both with '/', or neither"
        )
    if route.redirect and given.endswith("/") and not path.value.endswith("/"):
        raise ValueError(
            f"route {route.name!r} {what} {path.value!r} to {given!r}, which would make {given + '/a'!r} of "
            f"{path.value + '/a'!r}; end both with '/', or neither"
        )
