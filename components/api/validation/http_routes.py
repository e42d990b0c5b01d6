"""HTTP routes of a virtual service: what a route may have together, and all of its parts.

May live here: the rules of one HTTPRoute. May not live here: rules of a part that has a module of its own, and rules between
routes.
"""

from __future__ import annotations

from components.api.networking.virtual_service import HTTPRoute
from components.api.validation.cors import check_cors
from components.api.validation.destinations import check_http_destinations
from components.api.validation.faults import check_fault
from components.api.validation.formats import duration_flaw
from components.api.validation.header_operations import check_authority, check_operations
from components.api.validation.http_answers import check_direct_response, check_redirect, check_rewrite
from components.api.validation.http_matches import check_http_match
from components.api.validation.mirrors import check_mirrors
from components.api.validation.retries import check_retries
from components.api.validation.violation import Report

__all__ = ["CODES", "check_http_route"]

CODES = {
    "V1016": "a route that delegates has a redirect",
    "V1017": "a route that delegates has destinations",
    "V1018": "a route of a delegate delegates further",
    "V1019": "a route has both destinations and a redirect",
    "V1020": "a route has both a fault and a redirect",
    "V1021": "a route has both a rewrite and a redirect",
    "V1022": "a route has both a direct response and a redirect",
    "V1023": "a route has both destinations and a direct response",
    "V1024": "a route has both a fault and a direct response",
    "V1025": "a route has both a rewrite and a direct response",
    "V1026": "a route does nothing with what it matches",
    "V1027": "a route has both mirror and mirrors",
    "V1097": "the timeout of a route is below 1ms or finer than 1ms",
}

WITH_REDIRECT = {"route": "V1019", "fault": "V1020", "rewrite": "V1021", "directResponse": "V1022"}
WITH_DIRECT_RESPONSE = {"route": "V1023", "fault": "V1024", "rewrite": "V1025"}


def check_http_route(route: HTTPRoute, path: str, report: Report, *, in_delegate: bool, any_destination: bool) -> None:
    """`path` is that of the route. `in_delegate`: its virtual service has no hosts, so others delegate to it.
    `any_destination`: destinations are not looked into, as in what istiod made itself of a route of the Gateway API.
    """
    if route.delegate is not None and not in_delegate:
        _check_root(route, path, report)
    else:
        if route.delegate is not None:
            remedy = "Leave it out; a virtual service without hosts gives destinations."
            report.refuse("V1018", f"{path}.delegate", "a delegate delegates further", remedy)
        _check_together(route, path, report)
    for index, match in enumerate(route.match):
        check_http_match(match, f"{path}.match[{index}]", report)
    if route.headers is not None:
        check_operations(route.headers, f"{path}.headers", report, names="V1042", values="V1043")
        check_authority(route.rewrite, route.headers, path, report)
    if route.cors_policy is not None:
        check_cors(route.cors_policy, f"{path}.corsPolicy", report)
    if route.fault is not None:
        check_fault(route.fault, f"{path}.fault", report)
    check_mirrors(route, path, report)
    if route.redirect is not None:
        check_redirect(route.redirect, route.match, f"{path}.redirect", report)
    if route.direct_response is not None:
        check_direct_response(route.direct_response, f"{path}.directResponse", report)
    if route.retries is not None:
        check_retries(route.retries, f"{path}.retries", report)
    if route.rewrite is not None:
        check_rewrite(route.rewrite, f"{path}.rewrite", report)
    if route.route:
        check_http_destinations(route.route, f"{path}.route", report, any_destination=any_destination)
    if route.timeout is not None:
        report.refuse_if("V1097", f"{path}.timeout", duration_flaw(route.timeout))


def _check_root(route: HTTPRoute, path: str, report: Report) -> None:
    remedy = "Leave it out, or leave out delegate."
    if route.redirect is not None:
        report.refuse("V1016", f"{path}.redirect", "redirect stands beside delegate", remedy)
    if route.route:
        report.refuse("V1017", f"{path}.route", "route stands beside delegate", remedy)


def _check_together(route: HTTPRoute, path: str, report: Report) -> None:
    if route.redirect is not None:
        _check_alone("redirect", WITH_REDIRECT, route, path, report)
    elif route.direct_response is not None:
        _check_alone("directResponse", WITH_DIRECT_RESPONSE, route, path, report)
    elif not route.route:
        message = "neither route nor redirect nor directResponse is given"
        report.refuse("V1026", path, message, "Give one of them, or delegate in a virtual service with hosts.")
    if route.mirror is not None and route.mirrors:
        report.refuse("V1027", f"{path}.mirror", "mirror stands beside mirrors", "Give one of them.")


def _check_alone(name: str, codes: dict[str, str], route: HTTPRoute, path: str, report: Report) -> None:
    others = {
        "route": bool(route.route),
        "fault": route.fault is not None,
        "rewrite": route.rewrite is not None,
        "directResponse": route.direct_response is not None,
    }
    for other, code in codes.items():
        if others[other]:
            report.refuse(code, f"{path}.{other}", f"{other} stands beside {name}", f"Give {other} or {name}.")
