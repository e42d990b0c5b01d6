"""Copies of requests that an HTTP route sends elsewhere.

May live here: the rules of mirror, mirrors, mirrorPercent and mirrorPercentage. May not live here: destinations as such.
"""

from __future__ import annotations

from components.api.networking.virtual_service import HTTPRoute, Percent
from components.api.validation.destinations import check_destination
from components.api.validation.violation import Report

__all__ = ["CODES", "check_mirrors"]

CODES = {
    "V1060": "mirrorPercent is over 100",
    "V1061": "mirrorPercent is deprecated",
    "V1062": "mirrorPercentage is over 100",
    "V1063": "mirrorPercentage is below 0",
    "V1064": "the destination of a mirror is none",
    "V1066": "an entry of mirrors has no destination",
    "V1067": "the destination of an entry of mirrors is none",
    "V1068": "the share of an entry of mirrors is over 100",
    "V1069": "the share of an entry of mirrors is below 0",
}


def check_mirrors(route: HTTPRoute, path: str, report: Report) -> None:
    """`path` is that of the route."""
    if route.mirror_percent is not None:
        where = f"{path}.mirrorPercent"
        if route.mirror_percent > 100:
            report.refuse("V1060", where, f"{route.mirror_percent} is no share in percent", "Give 0 to 100.")
        report.warn("V1061", where, "mirrorPercent is deprecated", "Give mirrorPercentage.value.")
    if route.mirror_percentage is not None:
        _check_share(route.mirror_percentage, f"{path}.mirrorPercentage.value", "V1062", "V1063", report)
    if route.mirror is not None:
        check_destination(route.mirror, f"{path}.mirror", report, code="V1064")
    for index, mirror in enumerate(route.mirrors):
        where = f"{path}.mirrors[{index}]"
        if mirror.destination is None:
            report.refuse("V1066", f"{where}.destination", "no destination", "Give one with a host.")
            continue
        check_destination(mirror.destination, f"{where}.destination", report, code="V1067")
        if mirror.percentage is not None:
            _check_share(mirror.percentage, f"{where}.percentage.value", "V1068", "V1069", report)


def _check_share(percentage: Percent, path: str, over: str, below: str, report: Report) -> None:
    share = percentage.value or 0
    if not 0 <= share <= 100:
        report.refuse(over if share > 100 else below, path, f"{share} is no share in percent", "Give 0 to 100.")
