"""Answers that the proxy gives itself, without asking a workload."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum

from components.model.matching import require_path
from components.model.names import require_host

REDIRECTS = (301, 302, 303, 307, 308)
"""The statuses that istiod turns into a redirect; others of 3xx pass its webhook and make a route that answers nothing."""

LONGEST_BODY = 100 * 1024
"""Bytes of a body that istiod takes without a warning; each proxy holds a copy."""


class RedirectPort(Enum):
    """A redirect's port that is not a number."""

    OF_SCHEME = "FROM_PROTOCOL_DEFAULT"
    """80 or 443, by the scheme."""
    OF_REQUEST = "FROM_REQUEST_PORT"
    """The port that the request came in by."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Send the caller elsewhere: to another host, path, scheme or port; what is left out stays as the request has it.

    `path` replaces the whole path; `prefix` only the part that the route's PathPrefix matched. `code` 301 and 302 let a
    client turn a POST into a GET, 307 and 308 do not; browsers keep 301 and 308 for good.

    Raises `ValueError` for a redirect to nowhere else, for both path and prefix, and for other codes.
    """

    code: int = 301
    _: KW_ONLY
    host: str | None = None
    path: str | None = None
    prefix: str | None = None
    scheme: str | None = None
    port: int | RedirectPort | None = None

    def __post_init__(self) -> None:
        if self.code not in REDIRECTS:
            raise ValueError(f"the redirect answers {self.code}; Envoy redirects with {', '.join(map(str, REDIRECTS))}")
        if all(part is None for part in (self.host, self.path, self.prefix, self.scheme, self.port)):
            raise ValueError("the redirect leads back to where it is; give it a host, path, prefix, scheme or port")
        if self.path is not None and self.prefix is not None:
            raise ValueError(
                "the redirect has a path and a prefix; give `path` for the whole, or `prefix` for its start"
            )
        if self.host is not None:
            require_host("the host of the redirect", self.host)
            if self.host.startswith("*"):
                raise ValueError(f"the redirect leads to {self.host!r}, which is no host; give one without '*'")
        if self.path is not None:
            require_path(self.path.partition("?")[0])
        if self.prefix is not None:
            require_path(self.prefix)
        if self.scheme not in (None, "http", "https"):
            raise ValueError(f"the redirect has the scheme {self.scheme!r}; Istio takes 'http' and 'https'")
        if isinstance(self.port, int) and not 1 <= self.port <= 65535:
            raise ValueError(f"the port of the redirect is {self.port}; a port is from 1 to 65535")

    def __str__(self) -> str:
        scheme = f"{self.scheme}://" if self.scheme else ""
        port = f":{self.port}" if isinstance(self.port, int) else ""
        start = f"{self.prefix}..." if self.prefix is not None else ""
        return f"redirect {self.code} to {scheme}{self.host or ''}{port}{self.path or start}"


@dataclass(frozen=True, slots=True)
class DirectResponse:
    """Answer with a status and a body. The type is text/plain, but for what the route's `response_headers` set.

    Raises `ValueError` for a status outside 200 to 599, or a body over 100 KiB.
    """

    status: int
    body: str = ""

    def __post_init__(self) -> None:
        if not 200 <= self.status <= 599:
            raise ValueError(f"the direct response has the status {self.status}; Envoy sends one from 200 to 599")
        size = len(self.body.encode())
        if size > LONGEST_BODY:
            raise ValueError(
                f"the direct response has {size} bytes, which each proxy would hold; give {LONGEST_BODY} at most, or a "
                "workload that serves it"
            )

    def __str__(self) -> str:
        return f"answer {self.status}"
