"""Copies of requests, sent along to be looked at."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from components.model.quantities import Percent, require_some
from components.model.split import Destination


@dataclass(frozen=True, slots=True)
class Mirror:
    """A copy of a share of the requests goes `to` a destination; its answers are thrown away.

    The copy's host ends in `-shadow`. Nobody waits for it, and it is sent whatever comes of the request itself.

    Raises `ValueError` for a share of nothing.
    """

    to: Destination
    _: KW_ONLY
    share: Percent = Percent(100)

    def __post_init__(self) -> None:
        require_some("the mirror copies", self.share)

    def __str__(self) -> str:
        return f"{self.share} to {self.to}"
