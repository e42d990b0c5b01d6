"""Faults that the caller's proxy injects, on purpose, to learn how callers bear them."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from enum import Enum

from components.model.quantities import MILLISECOND, Percent, require_at_least, require_some


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
        require_some("the delay is injected into", self.on)

    def __str__(self) -> str:
        return f"delay {self.of.total_seconds():g} s on {self.on}"


class GrpcStatus(Enum):
    """The status of a gRPC call, in gRPC's own names."""

    CANCELLED = "CANCELLED"
    UNKNOWN = "UNKNOWN"
    INVALID_ARGUMENT = "INVALID_ARGUMENT"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED"
    FAILED_PRECONDITION = "FAILED_PRECONDITION"
    ABORTED = "ABORTED"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    UNIMPLEMENTED = "UNIMPLEMENTED"
    INTERNAL = "INTERNAL"
    UNAVAILABLE = "UNAVAILABLE"
    DATA_LOSS = "DATA_LOSS"
    UNAUTHENTICATED = "UNAUTHENTICATED"


@dataclass(frozen=True, slots=True)
class Abort:
    """Answer a share of the requests with an HTTP status or a gRPC status, without forwarding them.

    Raises `ValueError` unless exactly one status is given, for an HTTP status outside 200 to 599 (what Envoy sends), and
    for a share of nothing.
    """

    http_status: int | None = None
    _: KW_ONLY
    grpc_status: GrpcStatus | None = None
    on: Percent = Percent(100)

    def __post_init__(self) -> None:
        if (self.http_status is None) == (self.grpc_status is None):
            raise ValueError(
                f"the fault is {self!s}; an abort answers one status, so give it either http_status or grpc_status"
            )
        if self.http_status is not None and not 200 <= self.http_status <= 599:
            raise ValueError(f"the abort answers {self.http_status}; Envoy sends a status from 200 to 599")
        require_some("the abort is injected into", self.on)

    def __str__(self) -> str:
        given = (self.http_status, f"gRPC {self.grpc_status.value}" if self.grpc_status else None)
        return f"abort {' and '.join(str(status) for status in given if status) or 'no status'} on {self.on}"
