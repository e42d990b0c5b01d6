"""Which of the endpoints gets the next request."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from typing import TypeAlias

from components.model.names import require_header
from components.model.quantities import MILLISECOND, Percent, require_at_least, require_between

RING_MOST = 8 * 1024 * 1024
"""Envoy refuses larger rings (RingHashLbConfig.minimum_ring_size)."""

TABLE_MOST = 5_000_010
"""Istio refuses 5000011 and more."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """An endpoint that is new gets its full share only after `duration`, starting with `minimum` of it.

    `aggression` bends the growth: 1 is a straight line, more is faster at the start. With a single endpoint, or when all
    are new, nothing is held back.

    Raises `ValueError` for a duration under a millisecond or an aggression that is not above 0.
    """

    duration: timedelta
    _: KW_ONLY
    minimum: Percent = Percent(10)
    aggression: float = 1.0

    def __post_init__(self) -> None:
        require_at_least(MILLISECOND, "the warm-up's duration", self.duration)
        if not 0 < self.aggression < math.inf:
            raise ValueError(
                f"the warm-up's aggression is {self.aggression}; it is above 0, and 1 grows in a straight line"
            )


@dataclass(frozen=True, slots=True)
class RoundRobin:
    """One after the other."""

    _: KW_ONLY
    warm_up: WarmUp | None = None


@dataclass(frozen=True, slots=True)
class LeastRequest:
    """Of two picked at random, the one with fewer requests under way. Istio's default; it avoids slow endpoints."""

    _: KW_ONLY
    warm_up: WarmUp | None = None


@dataclass(frozen=True, slots=True)
class RandomChoice:
    """Any, with equal chance (Istio's RANDOM)."""


@dataclass(frozen=True, slots=True)
class Passthrough:
    """The address that the caller asked for, as it was (Istio's PASSTHROUGH): the proxy chooses no endpoint.

    For a workload that is the Service's address, so kube-proxy chooses, and neither a version nor a subset narrows it.
    """


@dataclass(frozen=True, slots=True)
class RingHash:
    """Endpoints on a ring of at least `minimum_size` points in all, shared out among them.

    When an endpoint goes, its keys move, and so do some of the others', as these get its points: of 1024 points and four
    endpoints, 13 % of the keys of those that stay.

    Raises `ValueError` for a size under 1 or over 8388608.
    """

    _: KW_ONLY
    minimum_size: int = 1024

    def __post_init__(self) -> None:
        require_between("the ring's minimum_size", self.minimum_size, least=1, most=RING_MOST)


@dataclass(frozen=True, slots=True)
class Maglev:
    """A table of `table_size` places: keys spread evenly, and hardly any of the others' move when an endpoint goes.

    That is for a table of many more places than endpoints, a hundred an endpoint at least.

    Raises `ValueError` for a size that is no prime or over 5000010.
    """

    _: KW_ONLY
    table_size: int = 65537

    def __post_init__(self) -> None:
        require_between("the Maglev table_size", self.table_size, least=2, most=TABLE_MOST)
        if any(self.table_size % factor == 0 for factor in range(2, math.isqrt(self.table_size) + 1)):
            raise ValueError(f"the Maglev table_size is {self.table_size}; it must be a prime, such as 65537 or 251")


@dataclass(frozen=True, slots=True)
class ConsistentHash:
    """The same key goes to the same endpoint, for as long as the endpoints stay the same.

    The key is a `header`'s value, a `query` parameter's, a `cookie`'s (made by the proxy when absent, for `cookie_path`;
    it lives `cookie_ttl`, zero meaning until the browser closes), or the caller's address (`source_ip=True`). Requests
    without the header or parameter go anywhere. `by` is how keys are laid over endpoints (None: a ring).

    Raises `ValueError` unless exactly one key is given, and for a cookie's path or attributes without a cookie.
    """

    _: KW_ONLY
    header: str | None = None
    query: str | None = None
    cookie: str | None = None
    cookie_ttl: timedelta = timedelta(0)
    cookie_path: str | None = None
    cookie_attributes: Sequence[tuple[str, str]] = ()
    source_ip: bool = False
    by: RingHash | Maglev | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "cookie_attributes", tuple((name, value) for name, value in self.cookie_attributes))
        keys = [name for name in ("header", "query", "cookie", "source_ip") if getattr(self, name)]
        if len(keys) != 1:
            raise ValueError(
                f"the consistent hash has {' and '.join(keys) or 'nothing'} for its key; "
                "give one of header, query, cookie, source_ip"
            )
        if self.header is not None:
            require_header(self.header)
        if self.cookie is None and (self.cookie_path is not None or self.cookie_attributes):
            raise ValueError(
                f"the consistent hash is by {keys[0]} and has a cookie's path or attributes, which nothing would get; "
                "give it a cookie, or leave them out"
            )
        if self.cookie_ttl:
            require_at_least(MILLISECOND, "the cookie_ttl", self.cookie_ttl)
        if self.cookie_path is not None and not self.cookie_path.startswith("/"):
            raise ValueError(f"the cookie_path is {self.cookie_path!r}; a path starts with '/'")
        names = [name for name, _ in self.cookie_attributes]
        for name in names:
            if not name or names.count(name) > 1:
                raise ValueError(f"the cookie has the attribute {name!r} twice or without a name; give each once")


LoadBalancer: TypeAlias = RoundRobin | LeastRequest | RandomChoice | Passthrough | ConsistentHash
