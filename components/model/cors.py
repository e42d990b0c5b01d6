"""What scripts of other sites may ask by way of a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from enum import Enum

from components.model.matching import require_one_way, require_regex
from components.model.names import require_header
from components.model.quantities import seconds

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*")
ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s?#]+")
ANY = "*"


class UnmatchedPreflights(Enum):
    """What becomes of a preflight from an origin that is not allowed."""

    FORWARD = "FORWARD"
    """The workload answers it."""
    IGNORE = "IGNORE"
    """The proxy answers it, without leave."""


@dataclass(frozen=True, slots=True)
class Cors:
    """Sites whose scripts may call this host, told to browsers by the proxy, which answers preflights itself.

    `allow_origins` are origins as a browser sends them (`https://shop.test`), or `*`; `allow_origin_regexes` (RE2) match
    whole origins. `max_age` is how long a browser may keep the answer. Browsers obey this; other clients need not.

    Raises `ValueError` for no origin, one with a path, `*` beside cookies, or a time that is not in whole seconds.
    """

    _: KW_ONLY
    allow_origins: Sequence[str] = ()
    allow_origin_regexes: Sequence[str] = ()
    allow_methods: Sequence[str] = ()
    allow_headers: Sequence[str] = ()
    expose_headers: Sequence[str] = ()
    max_age: timedelta | None = None
    allow_credentials: bool = False
    unmatched_preflights: UnmatchedPreflights = UnmatchedPreflights.FORWARD

    def __post_init__(self) -> None:
        for name in ("allow_origins", "allow_origin_regexes", "allow_methods", "allow_headers", "expose_headers"):
            given = getattr(self, name)
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))
        if not self.allow_origins and not self.allow_origin_regexes:
            raise ValueError("the CORS policy allows no origin; give allow_origins or allow_origin_regexes")
        for origin in self.allow_origins:
            require_one_way("an origin", value=origin)
            if origin != ANY and not ORIGIN.fullmatch(origin):
                raise ValueError(
                    f"the origin {origin!r} can not match; browsers send scheme, host and port without a path, such as "
                    "'https://shop.test'"
                )
        for regex in self.allow_origin_regexes:
            require_regex("an origin", regex)
        if self.allow_credentials and ANY in self.allow_origins:
            raise ValueError(
                "the CORS policy lets any site call with its visitors' cookies, for Envoy answers '*' with the site's own "
                "origin; name the origins, or leave allow_credentials out"
            )
        for method in self.allow_methods:
            if method not in METHODS:
                raise ValueError(f"the CORS policy allows the method {method!r}; Istio takes {', '.join(METHODS)}")
        for name in (*self.allow_headers, *self.expose_headers):
            if name != ANY:
                require_header(name)
        self._require_whole_seconds()

    def __str__(self) -> str:
        return f"for {', '.join((*self.allow_origins, *(f'~{regex}' for regex in self.allow_origin_regexes)))}"

    def _require_whole_seconds(self) -> None:
        if self.max_age is not None and (self.max_age < seconds(1) or self.max_age.microseconds):
            raise ValueError(
                f"max_age of the CORS policy is {self.max_age.total_seconds():g} s; the header holds whole seconds, 1 or "
                "more. Leave it out for the browser's own time"
            )
