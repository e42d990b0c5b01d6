"""What is sent and what comes back: requests, batches of them, and a sample for each request sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, replace
from enum import Enum
from typing import TypeAlias


class Client(Enum):
    """Where a request leaves from."""

    OUTSIDE = "outside"
    """A pod without a sidecar: what enters by the gateway, or calls a Service in plain text."""
    MEMBER = "member"
    """A pod with a sidecar: the proxy under test is its own."""


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. `origin` is scheme, host and port; a header `host` overrides the host; `key` is what a hash goes by."""

    _: KW_ONLY
    origin: str
    path: str = "/"
    headers: tuple[tuple[str, str], ...] = ()
    key: str = ""

    def header(self, name: str) -> str | None:
        """The header's value; names are in lower case, as Envoy keeps them."""
        return next((value for own, value in self.headers if own == name), None)

    def with_header(self, name: str, value: str) -> Request:
        kept = tuple((own, given) for own, given in self.headers if own != name)
        return replace(self, headers=(*kept, (name, value)))


@dataclass(frozen=True, slots=True)
class Batch:
    """`count` requests, the given ones in turn, at a fixed rate whatever the answers take.

    `rate` is in requests a second; None leaves it to the pace, which shares out what the limit leaves. Without
    `keep_alive` each request opens a connection, which is what a Kubernetes Service balances.
    """

    name: str
    _: KW_ONLY
    client: Client
    requests: tuple[Request, ...]
    count: int
    rate: float | None = None
    keep_alive: bool = True

    def at(self, rate: float) -> Batch:
        return replace(self, rate=rate)


@dataclass(frozen=True, slots=True)
class Sample:
    """One request and what came of it.

    `at` is when it was sent (seconds since the epoch), `latency` and `upstream` are seconds; `upstream` is what the first
    proxy waited for the destination (Envoy's x-envoy-upstream-service-time), which leaves out a delay that it injected.
    `status` 0 means that no answer came, and `error` says why. `body` is the answer's beginning.
    """

    _: KW_ONLY
    request: Request
    at: float
    latency: float
    status: int
    version: str | None = None
    pod: str | None = None
    body: str = ""
    upstream: float | None = None
    error: str = ""

    @property
    def held(self) -> float:
        """Seconds spent before the destination was asked: the injected delay and the client's own."""
        return self.latency - (self.upstream or 0.0)

    @property
    def gateway_error(self) -> bool:
        """What Envoy's outlier detection counts as a gateway error."""
        return self.status in GATEWAY_ERRORS

    @property
    def aborted(self) -> bool:
        """Answered by a proxy's fault filter, which names itself in the body."""
        return self.version is None and self.body.startswith("fault filter abort")

    @property
    def without_endpoint(self) -> bool:
        """Answered by a proxy that had no endpoint left to ask: all of the destination's are ejected."""
        return self.version is None and self.status == 503 and "no healthy upstream" in self.body


GATEWAY_ERRORS = frozenset({502, 503, 504})

Samples: TypeAlias = tuple[Sample, ...]
Seen: TypeAlias = Mapping[str, Samples]
"""The samples of every batch sent so far, by the batch's name."""
