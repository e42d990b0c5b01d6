"""Which route takes a request, and a request that a given route takes: the declared conditions, turned around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from components.experiments.traffic import Request
from components.model import (
    Authority,
    Condition,
    Cookie,
    From,
    GatewayHost,
    Header,
    Method,
    Path,
    PathPrefix,
    PathRegex,
    Port,
    Query,
    Route,
    VirtualService,
    Without,
)
from components.model.route_rules import path_of

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
    for condition in route.when:
        _require_known(condition)
    earlier: Route | None = None
    for request in _requests(service, route, origin):
        taken = routed(service, request)
        if taken is route:
            return request
        earlier = taken
    if earlier is None and not isinstance(path_of(route.when), PathRegex):
        raise NoRequest(f"no request to {origin} meets its conditions: {', '.join(map(str, route.when))}")
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


def with_cookie(request: Request, cookie: str) -> Request:
    """The request with one cookie more."""
    kept = request.header("cookie")
    return request.with_header("cookie", f"{kept}; {cookie}" if kept else cookie)


def _require_known(condition: Condition) -> None:
    """Raises `NoRequest` for a condition that no request made up here meets."""
    what = type(condition).__name__.lower()
    if isinstance(condition, (Header, Cookie, Query, Authority)) and condition.regex is not None:
        raise NoRequest(f"a {what} is matched by a regular expression, and no value for one is made up here")
    if isinstance(condition, Authority) and condition.value is None:
        raise NoRequest("the authority is matched by its start, and no host for one is made up here")
    if isinstance(condition, From):
        raise NoRequest(
            f"only {condition.caller} takes it, and the requests of an experiment come from a pod of its own"
        )
    if isinstance(condition, Method) and "GET" not in condition.names:
        raise NoRequest(f"it takes {condition}, and the requests of an experiment are GETs")


def _requests(service: VirtualService, route: Route, origin: str) -> Iterator[Request]:
    authority = next((c.value for c in route.when if isinstance(c, Authority)), None)
    host = host_header(service.host) if isinstance(service.host, GatewayHost) else None
    headers = [("host", authority or host)] if authority or host else []
    headers += [(c.name, _value(c)) for c in route.when if isinstance(c, Header)]
    headers += [("cookie", f"{c.name}={c.value or 'experiment'}") for c in route.when if isinstance(c, Cookie)]
    query = "&".join(f"{c.name}={_value(c)}" for c in route.when if isinstance(c, Query))
    for path in _paths(route.when):
        whole = f"{path}?{query}" if query else path
        yield Request(origin=origin, path=whole, headers=tuple((name, value) for name, value in headers if value))


def _paths(conditions: tuple[Condition, ...]) -> Iterator[str]:
    condition = path_of(conditions) or PathPrefix("/")
    if isinstance(condition, Path):
        yield condition.value
    elif isinstance(condition, PathPrefix):
        yield from (condition.value + ending for ending in ENDINGS)


def _value(condition: Header | Query) -> str:
    if condition.value is not None:
        return condition.value
    return (condition.prefix or "") + "experiment"


def _meets(route: Route, request: Request) -> bool:
    return all(_met(condition, request) for condition in route.when)


def _met(condition: Condition, request: Request) -> bool:
    path, _, query = request.path.partition("?")
    match condition:
        case Path():
            return _cased(path, condition.ignore_case) == _cased(condition.value, condition.ignore_case)
        case PathPrefix():
            return _cased(path, condition.ignore_case).startswith(_cased(condition.value, condition.ignore_case))
        case PathRegex():
            return re.fullmatch(condition.value, path) is not None
        case Header():
            return _text_met(condition, request.header(condition.name), ignore_case=condition.ignore_case)
        case Without():
            return not _met(condition.header, request)
        case Cookie():
            value = _cookie_of(request.header("cookie"), condition.name)
            return value is not None and _is(value, condition.value, None, condition.regex)
        case Query():
            return _text_met(condition, dict(reversed([_pair(part) for part in query.split("&")])).get(condition.name))
        case Authority():
            return _text_met(condition, request.header("host") or request.origin.partition("://")[2])
        case Method():
            return "GET" in condition.names
        case Port():
            return condition.number == (urlsplit(request.origin).port or 80)
        case From():
            return False  # the pod that sends an experiment's requests is no workload of the mesh


def _text_met(condition: Header | Query | Authority, given: str | None, *, ignore_case: bool = False) -> bool:
    if given is None:
        return False
    return _is(given, condition.value, condition.prefix, condition.regex, ignore_case=ignore_case)


def _is(given: str, value: str | None, prefix: str | None, regex: str | None, *, ignore_case: bool = False) -> bool:
    if regex is not None:
        return re.fullmatch(regex, given, re.IGNORECASE if ignore_case else 0) is not None
    given = _cased(given, ignore_case)
    if value is not None:
        return given == _cased(value, ignore_case)
    return given.startswith(_cased(prefix or "", ignore_case))


def _cased(text: str, ignore_case: bool) -> str:
    return text.lower() if ignore_case else text


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def _cookie_of(header: str | None, name: str) -> str | None:
    """The value of the first cookie of this name; None without one."""
    pairs = (_pair(part.strip()) for part in (header or "").split(";"))
    return next((value for own, value in pairs if own == name), None)
