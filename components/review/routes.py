"""What changes for the requests of a host: routes, their order, shares, faults and the rest of a VirtualService."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from components.api import JSON
from components.api.networking.virtual_service import (
    HTTPFaultInjection,
    HTTPRoute,
    HTTPRouteDestination,
    Percent,
    RouteDestination,
    TCPRoute,
    TLSRoute,
    VirtualService,
)
from components.review.fields import changed, described, plain
from components.review.lines import Line, Mark, Topic, mark_of
from components.review.marking import listed, value
from components.review.objects import Key, Sides, full_host
from components.review.requests import taken

Route: TypeAlias = HTTPRoute | TLSRoute | TCPRoute
Target: TypeAlias = HTTPRouteDestination | RouteDestination

WORDED = frozenset({"name", "match", "route", "fault", "retries", "timeout"})
"""Fields of a route that have phrases of their own; the others are told field by field."""

EVERYTHING = 100.0


class Share(NamedTuple):
    """What part of a route's requests a destination gets, in percent."""

    to: str
    percent: float


def changes(key: Key, before: VirtualService | None, after: VirtualService | None, names: Sides) -> Iterator[Line]:
    """One VirtualService; either side may lack it."""
    where = _where(key, after or before, names)
    old, new = named_routes(before), named_routes(after)
    if before is None or after is None:
        mark = mark_of(before, after)
        through = _gateways(after or before)
        yield Line(Topic.ROUTES, mark, f"{'new' if mark is Mark.NEW else 'gone'}: routes of {where}{through}")
    for name, route in new.items():
        if name not in old:
            place = f", asked {_asked(name, list(new))}" if before is not None and len(new) > 1 else ""
            yield Line(Topic.ROUTES, Mark.NEW, f"new: {told(name, route, key, names)} on {where}{place}")
    for name, route in old.items():
        if name not in new:
            yield Line(Topic.ROUTES, Mark.GONE, f"gone: {told(name, route, key, names)} on {where}")
    for name, route in old.items():
        if name in new:
            yield from _route(route, new[name], f"{where}, route {value(name)}", key, names)
    kept_before, kept_after = [name for name in old if name in new], [name for name in new if name in old]
    if kept_before != kept_after:
        order = listed([value(name) for name in kept_after])
        yield Line(Topic.ROUTES, Mark.CHANGED, f"the routes of {where} are asked in another order: {order}")
    if before is not None and after is not None:
        rest = changed(_besides(before), _besides(after))
        if rest:
            yield Line(Topic.ROUTES, Mark.CHANGED, f"{where}: {rest}")


def named_routes(service: VirtualService | None) -> dict[str, Route]:
    """The routes in their order by name; by what they take where they have none, or one that another has."""
    if service is None:
        return {}
    named: dict[str, Route] = {}
    kinds: tuple[tuple[str, Sequence[Route]], ...] = (
        ("http", service.http),
        ("tls", service.tls),
        ("tcp", service.tcp),
    )
    for kind, routes in kinds:
        for number, route in enumerate(routes, 1):
            name = (route.name if isinstance(route, HTTPRoute) else None) or (
                f"{kind} {number}" if len(routes) > 1 else kind
            )
            while name in named:
                name = f"{name}'"
            named[name] = route
    return named


def shares(route: Route, key: Key, names: Sides) -> list[Share]:
    """Where a route's requests go. A single destination gets all, whatever its weight; of several, one without gets none."""
    targets: Sequence[Target] = route.route
    total = sum(target.weight or 0 for target in targets)
    found: dict[str, float] = {}
    for target in targets:
        share = EVERYTHING if len(targets) == 1 else EVERYTHING * (target.weight or 0) / total if total else 0.0
        to = names.destination(target.destination, key.namespace)
        found[to] = found.get(to, 0.0) + share
    return [Share(to, percent) for to, percent in found.items()]


def told(name: str, route: Route, key: Key, names: Sides) -> str:
    """A whole route: `route canary: all requests to servicex version 200 90 %, …`."""
    if isinstance(route, HTTPRoute):
        extras = [
            *(_faults(None, route.fault)),
            *([f"retries {_retries(route)}"] if route.retries is not None and route.retries.attempts else []),
            *([f"timeout {value(plain(route)['timeout'])}"] if route.timeout is not None else []),
            *([described(rest)] if (rest := _rest(route)) else []),
        ]
    else:
        extras = []
    goes = listed([_share(share, alone=len(route.route) == 1) for share in shares(route, key, names)])
    way = f" to {goes}" if goes else ""
    return f"route {value(name)}: {taken(route)}{way}{''.join(f'; {extra}' for extra in extras)}"


def _route(before: Route, after: Route, where: str, key: Key, names: Sides) -> Iterator[Line]:
    if taken(before) != taken(after):
        yield _line(f"{where}: takes {taken(after)}; it was {taken(before)}")
    yield from _shifted(shares(before, key, names), shares(after, key, names), where)
    if isinstance(before, HTTPRoute) and isinstance(after, HTTPRoute):
        for phrase in _faults(before.fault, after.fault):
            yield Line(Topic.ROUTES, mark_of(before.fault, after.fault), f"{phrase} on {where}")
        if before.retries != after.retries:
            told_already = _retries(before) != _retries(after)
            phrase = (
                f"{_retries(before)} → {_retries(after)}" if told_already else changed(before.retries, after.retries)
            )
            yield _line(f"retries on {where}: {phrase}")
        if before.timeout != after.timeout:
            old, new = (value(plain(route).get("timeout", "none")) for route in (before, after))
            yield _line(f"timeout on {where}: {old} → {new}")
        if rest := changed(_rest(before), _rest(after)):
            yield _line(f"{where}: {rest}")


def _shifted(before: list[Share], after: list[Share], where: str) -> Iterator[Line]:
    if len(before) == len(after) == 1 and before != after:
        yield _line(f"{where}: goes to {after[0].to} instead of {before[0].to}")
        return
    old, new = dict(before), dict(after)
    come = [f"{to} gets {percent(new[to])}" for to in new if to not in old]
    gone = [f"{to} gets nothing any more (it had {percent(old[to])})" for to in old if to not in new]
    shifted = sorted((to for to in new if to in old and old[to] != new[to]), key=lambda to: old[to] - new[to])
    if said := [*come, *(f"{to} goes from {percent(old[to])} to {percent(new[to])}" for to in shifted), *gone]:
        yield _line(f"{listed(said)} on {where}")


def percent(share: float) -> str:
    """A share as a person writes it, at least as exact as Envoy's hundredth of a percent."""
    return f"{share:.4g} %"


def _faults(before: HTTPFaultInjection | None, after: HTTPFaultInjection | None) -> Iterator[str]:
    for kind in ("abort", "delay"):
        old, new = (fault(each, kind) for each in (before, after))
        if old == new:
            continue
        if old is None:
            yield f"new {kind} {new}" if before is not None else f"{kind} {new}"
        else:
            yield f"{kind} {old} is gone" if new is None else f"{kind} {old} → {new}"


def fault(injected: HTTPFaultInjection | None, kind: str) -> str | None:
    """The abort or the delay in words; None where there is none."""
    part = (injected.abort if kind == "abort" else injected.delay) if injected else None
    if part is None:
        return None
    # A fault that says no share hits every request.
    on = _percentage(part.percentage, part.percent if isinstance(part, HTTPFaultInjection.Delay) else None)
    how = described(
        {key: each for key, each in plain(part).items() if key not in ("percentage", "percent", "httpStatus")}
    )
    status = (
        f"status {value(part.http_status)}" if isinstance(part, HTTPFaultInjection.Abort) and part.http_status else ""
    )
    return f"{percent(on)} with {status or how}"


def _percentage(exact: Percent | None, whole: int | None) -> float:
    if exact is not None:
        return exact.value or 0.0
    return float(whole) if whole is not None else EVERYTHING


def _retries(route: HTTPRoute) -> str:
    retries = route.retries
    if retries is None:
        return "Istio's own 2"
    if not retries.attempts:
        return "none" if retries.attempts == 0 else described(retries)
    rest = described({key: each for key, each in plain(retries).items() if key != "attempts"})
    return f"{retries.attempts}{f' ({rest})' if rest else ''}"


def _rest(route: HTTPRoute) -> dict[str, JSON]:
    rest: dict[str, JSON] = {key: each for key, each in plain(route).items() if key not in WORDED}
    headers = [target.headers for target in route.route]
    if any(headers):
        rest["headersOfDestinations"] = [plain(each) for each in headers]
    return rest


def _besides(service: VirtualService) -> dict[str, JSON]:
    return {key: each for key, each in plain(service).items() if key not in ("http", "tls", "tcp")}


def _where(key: Key, service: VirtualService | None, names: Sides) -> str:
    hosts = [value(names.app(full_host(host, key.namespace))) for host in service.hosts] if service else []
    return listed(hosts, most=3) or f"the delegate {value(key.name)}"


def _gateways(service: VirtualService | None) -> str:
    outside = [value(gateway) for gateway in service.gateways if gateway != "mesh"] if service else []
    return f", through gateway {listed(outside)}" if outside else ""


def _asked(name: str, order: list[str]) -> str:
    place = order.index(name)
    return f"after {value(order[place - 1])}" if place else "first"


def _share(share: Share, *, alone: bool) -> str:
    return share.to if alone else f"{share.to} {percent(share.percent)}"


def _line(text: str) -> Line:
    return Line(Topic.ROUTES, Mark.CHANGED, text)
