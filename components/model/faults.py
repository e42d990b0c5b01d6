"""Faults that the caller's proxy injects, on purpose, to learn how callers bear them."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from components.model.quantities import MILLISECOND, Percent, require_at_least


@dataclass(frozen=True, slots=True)
class Delay:
    """Hold a share of the requests back for a fixed time before they are forwarded.

    Raises `ValueError` under a millisecond (Istio's least) and for a share of nothing.
    """

    of: timedelta
    _: KW_ONLY
    on: Percent = Percent(100)

    def __post_init__(self) -> None:
        require_at_least(MILLISECOND, "the delay", self.of)
        _require_some("delay", self.on)

    def __str__(self) -> str:
        return f"delay {self.of.total_seconds():g} s on {self.on}"


@dataclass(frozen=True, slots=True)
class Abort:
    """Answer a share of the requests with an HTTP status, without forwarding them.

    Raises `ValueError` for a status outside 200 to 599 (what Envoy sends) and for a share of nothing.
    """

    http_status: int
    _: KW_ONLY
    on: Percent = Percent(100)

    def __post_init__(self) -> None:
        if not 200 <= self.http_status <= 599:
            raise ValueError(f"the abort answers {self.http_status}; Envoy sends a status from 200 to 599")
        _require_some("abort", self.on)

    def __str__(self) -> str:
        return f"abort {self.http_status} on {self.on}"


def _require_some(fault: str, on: Percent) -> None:
    if on.value == 0:
        raise ValueError(f"the {fault} is injected into 0 % of the requests; give a share above 0, or leave it out")
