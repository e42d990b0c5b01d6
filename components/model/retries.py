"""Whether the caller's proxy tries again. Always explicit: Istio's silent default of two more tries hides failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from components.model.quantities import MILLISECOND, Percent, require_at_least, require_between, require_positive

CONDITIONS = frozenset(
    {
        "5xx",
        "gateway-error",
        "reset",
        "reset-before-request",
        "connect-failure",
        "envoy-ratelimited",
        "retriable-4xx",
        "refused-stream",
        "retriable-status-codes",
        "retriable-headers",
        "http3-post-connect-failure",
        "cancelled",
        "deadline-exceeded",
        "internal",
        "resource-exhausted",
        "unavailable",
    }
)
"""What Envoy can try again on (its x-envoy-retry-on and x-envoy-retry-grpc-on)."""


@dataclass(frozen=True, slots=True)
class NoRetry:
    """The caller sees what the first try got."""

    def __str__(self) -> str:
        return "no retry"


@dataclass(frozen=True, slots=True)
class Retry:
    """Up to `attempts` more tries, each given `per_try_timeout` (None: the route's), when one of `on` happens.

    Raises `ValueError` for no attempt, a time under a millisecond, or a condition that Envoy does not know.
    """

    attempts: int
    _: KW_ONLY
    on: Sequence[str] = ("connect-failure", "refused-stream", "unavailable", "cancelled")
    per_try_timeout: timedelta | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "on", tuple(self.on))
        require_positive("the number of retry attempts", self.attempts)
        if self.per_try_timeout is not None:
            require_at_least(MILLISECOND, "the timeout of one try", self.per_try_timeout)
        for condition in self.on:
            status = condition.isdigit() and 100 <= int(condition) <= 599
            if condition not in CONDITIONS and not status:
                raise ValueError(
                    f"a retry on {condition!r} never happens; Envoy knows HTTP statuses and {', '.join(sorted(CONDITIONS))}"
                )

    def __str__(self) -> str:
        return f"{self.attempts} retries on {', '.join(self.on)}"


MOST_CONCURRENT = 2**32 - 1


@dataclass(frozen=True, slots=True)
class RetryBudget:
    """How many retries a caller's proxy may have under way at once: `percent` of its open requests, and always `at_least`.

    It keeps retries from doubling the load of a workload that is failing under load. `over` counts also the requests begun
    in that time before (None: only those that are open now).

    Raises `ValueError` for no retry at all (that is `NoRetry`), and for a time under a millisecond.
    """

    percent: Percent = Percent(20)
    _: KW_ONLY
    at_least: int = 3
    over: timedelta | None = None

    def __post_init__(self) -> None:
        # istiod takes 0 for 'not said', which means 3.
        require_between("at_least of the retry budget", self.at_least, least=1, most=MOST_CONCURRENT)
        if self.over is not None:
            require_at_least(MILLISECOND, "the time over which the retry budget counts", self.over)
