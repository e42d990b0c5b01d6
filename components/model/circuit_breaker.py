"""When a caller's proxy stops sending: limits on what it keeps open, and ejection of endpoints that fail."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from components.model.connection_pool import ConnectionPool
from components.model.quantities import MILLISECOND, require_at_least, require_between, require_positive, seconds

MOST = 2**32 - 1
"""The largest count of errors that Istio's fields hold."""

ERRORS = ("consecutive_gateway_errors", "consecutive_5xx_errors", "consecutive_local_origin_failures")


@dataclass(frozen=True, slots=True)
class OutlierDetection:
    """Which endpoints a proxy stops using, and for how long. Each proxy counts for itself.

    An endpoint is ejected after `consecutive_gateway_errors` answers of 502, 503 or 504 in a row, or
    `consecutive_5xx_errors` of any 5xx. Given `consecutive_local_origin_failures`, connections that are refused, reset
    or time out are counted apart, by that number; without it they count as errors of both other kinds. An ejected
    endpoint stays out for `base_ejection_time` times the number of its ejections, and comes back at the next of the
    sweeps that run every `interval`. At most `max_ejection_percent` of the endpoints are out at once: with Istio's 10 and
    fewer than ten endpoints, none ever is. `min_health_percent`: below this share of healthy endpoints all are used again.

    Envoy counts anew after an ejection, and the count that ejects may then differ (istio/istio issue 57343).

    Raises `ValueError` when nothing could ever eject, and for times under a millisecond or shares outside 0 to 100.
    """

    _: KW_ONLY
    consecutive_gateway_errors: int | None = None
    consecutive_5xx_errors: int | None = None
    consecutive_local_origin_failures: int | None = None
    interval: timedelta = seconds(10)
    base_ejection_time: timedelta = seconds(30)
    max_ejection_percent: int = 10
    min_health_percent: int | None = None

    def __post_init__(self) -> None:
        if all(getattr(self, name) is None for name in ERRORS):
            raise ValueError(
                "the outlier detection never ejects; give it consecutive_gateway_errors, consecutive_5xx_errors or "
                "consecutive_local_origin_failures"
            )
        for name in ERRORS:
            require_positive(name, getattr(self, name))
            require_between(name, getattr(self, name), least=1, most=MOST)
        require_at_least(MILLISECOND, "the interval", self.interval)
        require_at_least(MILLISECOND, "the base_ejection_time", self.base_ejection_time)
        if not 1 <= self.max_ejection_percent <= 100:
            raise ValueError(
                f"max_ejection_percent is {self.max_ejection_percent}; it is from 1 to 100, and at 0 nothing is ejected"
            )
        if self.min_health_percent is not None and not 0 <= self.min_health_percent <= 100:
            raise ValueError(f"min_health_percent is {self.min_health_percent}; it is from 0 to 100")


@dataclass(frozen=True, slots=True)
class CircuitBreaker:
    """A connection pool's limits, outlier detection, or both. Raises `ValueError` with neither: it would never open."""

    _: KW_ONLY
    connection_pool: ConnectionPool | None = None
    outlier_detection: OutlierDetection | None = None

    def __post_init__(self) -> None:
        if self.connection_pool is None and self.outlier_detection is None:
            raise ValueError(
                "the circuit breaker never opens; give it a connection_pool, an outlier_detection, or both"
            )
