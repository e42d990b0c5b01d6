"""Which of the endpoints gets the next request."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from typing import TypeAlias

from components.model.names import require_header


@dataclass(frozen=True, slots=True)
class RoundRobin:
    """One after the other."""


@dataclass(frozen=True, slots=True)
class LeastRequest:
    """Of two picked at random, the one with fewer requests under way. Istio's default; it avoids slow endpoints."""


@dataclass(frozen=True, slots=True)
class RandomChoice:
    """Any, with equal chance (Istio's RANDOM)."""


@dataclass(frozen=True, slots=True)
class ConsistentHash:
    """The same key goes to the same endpoint, for as long as the endpoints stay the same.

    The key is a `header`'s value, a `cookie`'s (made by the proxy when absent; it lives `cookie_ttl`, zero meaning until
    the browser closes), or the caller's address (`source_ip=True`). Requests without the header go anywhere.

    Raises `ValueError` unless exactly one key is given.
    """

    _: KW_ONLY
    header: str | None = None
    cookie: str | None = None
    cookie_ttl: timedelta = timedelta(0)
    source_ip: bool = False

    def __post_init__(self) -> None:
        keys = [
            name
            for name, given in (("header", self.header), ("cookie", self.cookie), ("source_ip", self.source_ip))
            if given
        ]
        if len(keys) != 1:
            raise ValueError(
                f"the consistent hash has {' and '.join(keys) or 'nothing'} for its key; give one of header, cookie, source_ip"
            )
        if self.header is not None:
            require_header(self.header)


LoadBalancer: TypeAlias = RoundRobin | LeastRequest | RandomChoice | ConsistentHash
