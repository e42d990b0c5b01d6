"""Where a route sends to: hosts with subset and port, and the weights of several.

May live here: the rules of destinations and of weights. May not live here: whether host and subset exist, which no
single document tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from components.api.networking.virtual_service import Destination, HTTPRouteDestination, RouteDestination
from components.api.validation.formats import dns_label_flaw, port_flaw, wildcard_domain_flaw
from components.api.validation.header_operations import check_operations
from components.api.validation.violation import Report

__all__ = ["CODES", "check_destination", "check_http_destinations", "check_l4_destinations"]

CODES = {
    "V1090": "an entry of a route has no destination",
    "V1091": "a destination changes a header that cannot be changed, or to a value that is none",
    "V1092": "the host of a destination is no domain name",
    "V1093": "the subset of a destination is no DNS label",
    "V1094": "the port of a destination is out of range",
    "V1095": "a weight is negative",
    "V1096": "the weights of several destinations are all 0",
}


def check_http_destinations(
    entries: Sequence[HTTPRouteDestination], path: str, report: Report, *, any_destination: bool
) -> None:
    """The destinations of an HTTP route; `path` is that of the list. `any_destination`: they are not looked into, as in
    what istiod made itself of a route of the Gateway API.
    """
    for index, entry in enumerate(entries):
        if entry.destination is not None and not any_destination:
            check_destination(entry.destination, f"{path}[{index}].destination", report)
        if entry.headers is not None:
            check_operations(entry.headers, f"{path}[{index}].headers", report, names="V1091", values="V1091")
    _check_entries(entries, path, report, code=None)


def check_l4_destinations(
    entries: Sequence[RouteDestination], path: str, report: Report, *, any_destination: bool, code: str
) -> None:
    """Those of a TLS or TCP route, refused under one code."""
    for index, entry in enumerate(entries):
        if entry.destination is not None and not any_destination:
            check_destination(entry.destination, f"{path}[{index}].destination", report, code=code)
    _check_entries(entries, path, report, code=code)


def check_destination(destination: Destination, path: str, report: Report, *, code: str | None = None) -> None:
    """A host, and a subset and port when they are given; `code`: what to refuse under, in place of one code a rule."""
    host = destination.host or ""
    if host == "*":
        message = "a request cannot be sent to every host: '*'"
        report.refuse(code or "V1092", f"{path}.host", message, "Give the host of one service.")
    elif (flaw := wildcard_domain_flaw(host)) is not None:
        report.refuse(code or "V1092", f"{path}.host", *flaw)
    if destination.subset and (flaw := dns_label_flaw(destination.subset)) is not None:
        report.refuse(code or "V1093", f"{path}.subset", *flaw)
    if destination.port is not None and (flaw := port_flaw(destination.port.number or 0)) is not None:
        report.refuse(code or "V1094", f"{path}.port.number", *flaw)


def _check_entries(
    entries: Sequence[HTTPRouteDestination | RouteDestination], path: str, report: Report, *, code: str | None
) -> None:
    total = 0
    for index, entry in enumerate(entries):
        if entry.destination is None:
            report.refuse(code or "V1090", f"{path}[{index}].destination", "no destination", "Give one with a host.")
        weight = entry.weight or 0
        if weight < 0:
            report.refuse(code or "V1095", f"{path}[{index}].weight", f"{weight} is negative", "Give 0 or more.")
        total += weight
    if total == 0 and len(entries) > 1:
        message = f"the weights of {len(entries)} destinations add up to 0"
        report.refuse(code or "V1096", path, message, "Give weights, such as 90 and 10.")
