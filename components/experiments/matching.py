"""Which route takes a request, and a request that a given route takes: the declared conditions, turned around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from components.experiments.traffic import Request
from components.model import Condition, GatewayHost, Header, Path, PathPrefix, Route, VirtualService

ENDINGS = ("", "experiment", "/experiment")
"""What may follow a prefix to get past an earlier route that takes the bare prefix."""


class NoRequest(Exception):
    """No request is known to reach the route; the message says why, as the end of "could not tell: ..."."""


def routed(service: VirtualService, request: Request) -> Route | None:
    """The first route whose conditions the request meets; None when none takes it."""
    return next((route for route in service.routes if _meets(route, request)), None)


def behind(service: VirtualService, route: Route, request: Request) -> Route | None:
    """The route that would take the request if `route` were not there."""
    return next((other for other in service.routes if other is not route and _meets(other, request)), None)


def request_for(service: VirtualService, route: Route, origin: str) -> Request:
    """A request to the host that this route takes. Raises `NoRequest`."""
    if any(isinstance(condition, Header) and condition.regex is not None for condition in route.when):
        raise NoRequest("a header is matched by a regular expression, and no value for one is made up here")
    earlier: Route | None = None
    for request in _requests(service, route, origin):
        taken = routed(service, request)
        if taken is route:
            return request
        earlier = taken
    if earlier is None:
        raise NoRequest("the path is matched by a regular expression, and no path for one is made up here")
    raise NoRequest(f"every request tried is taken by route {earlier.name!r} before it")


def keyed(service: VirtualService, route: Route, request: Request, header: str, keys: int) -> tuple[Request, ...]:
    """The same request with `keys` different values of `header`, as far as the route takes them."""
    start = request.header(header) or "key"
    variants = (
        replace(request.with_header(header, f"{start}-{number}"), key=f"{start}-{number}") for number in range(keys)
    )
    return tuple(variant for variant in variants if routed(service, variant) is route)


def host_header(host: GatewayHost) -> str:
    """A name that the host takes: its own, or one under a wildcard."""
    return host.name.replace("*", "experiment", 1)


def _requests(service: VirtualService, route: Route, origin: str) -> Iterator[Request]:
    headers = [] if not isinstance(service.host, GatewayHost) else [("host", host_header(service.host))]
    headers += [(c.name, _value(c)) for c in route.when if isinstance(c, Header)]
    for path in _paths(route.when):
        yield Request(origin=origin, path=path, headers=tuple(headers))


def _paths(conditions: tuple[Condition, ...]) -> Iterator[str]:
    condition = next((c for c in conditions if not isinstance(c, Header)), PathPrefix("/"))
    if isinstance(condition, Path):
        yield condition.value
    elif isinstance(condition, PathPrefix):
        yield from (condition.value + ending for ending in ENDINGS)


def _value(header: Header) -> str:
    if header.value is not None:
        return header.value
    return (header.prefix or "") + "experiment"


def _meets(route: Route, request: Request) -> bool:
    return all(_met(condition, request) for condition in route.when)


def _met(condition: Condition, request: Request) -> bool:
    if isinstance(condition, Path):
        return request.path == condition.value
    if isinstance(condition, PathPrefix):
        return request.path.startswith(condition.value)
    if isinstance(condition, Header):
        value = request.header(condition.name)
        if value is None:
            return False
        if condition.regex is not None:
            return re.fullmatch(condition.regex, value) is not None
        return value == condition.value if condition.value is not None else value.startswith(condition.prefix or "")
    return re.fullmatch(condition.value, request.path) is not None
