"""How a host is chosen of many: by hash of a key, by locality, with a warm-up.

Rules: DestinationRule's 35 to 63 of istiod's webhook (validateLoadBalancer); those of localities are in `localities`.
"""

from __future__ import annotations

from functools import lru_cache
from math import isqrt

from components.api.networking.destination_rule import LoadBalancerSettings, WarmupConfiguration
from components.api.validation.formats import duration_flaw
from components.api.validation.localities import check_locality, check_zone_aware
from components.api.validation.violation import Report

__all__ = ["CODES", "check_load_balancer"]

CODES = {
    "V2035": "consistentHash.httpCookie has no name",
    "V2036": "an attribute of consistentHash.httpCookie has no name",
    "V2037": "two attributes of consistentHash.httpCookie have one name",
    "V2038": "consistentHash.minimumRingSize is deprecated",
    "V2039": "consistentHash.minimumRingSize stands beside ringHash or maglev",
    "V2040": "consistentHash.maglev.tableSize is 0",
    "V2041": "consistentHash.maglev.tableSize is 5000011 or more",
    "V2042": "consistentHash.maglev.tableSize is no prime number",
    "V2043": "localityLbSetting and zoneAwareLbSetting are both set",
    "V2060": "warmup has no duration",
    "V2061": "warmup.duration is below 1ms or finer than 1ms",
    "V2062": "warmup.minimumPercent is above 100",
    "V2063": "warmup.aggression is not above 0",
}

TOO_LARGE = 5_000_011
"""The least table that is refused; Envoy takes this one, istiod does not."""


def check_load_balancer(settings: LoadBalancerSettings, path: str, *, ejects: bool, report: Report) -> None:
    """Rules 35 to 63; `ejects` says whether outlier detection holds for the same requests."""
    if settings.consistent_hash is not None:
        _hash(settings.consistent_hash, f"{path}.consistentHash", report)
    locality, zone_aware = settings.locality_lb_setting, settings.zone_aware_lb_setting
    if locality is not None and zone_aware is not None:
        report.refuse(
            "V2043",
            f"{path}.zoneAwareLbSetting",
            "zoneAwareLbSetting is set beside localityLbSetting",
            "Set one of the two.",
        )
    if locality is not None:
        check_locality(locality, f"{path}.localityLbSetting", ejects=ejects, report=report)
    if zone_aware is not None:
        check_zone_aware(zone_aware, f"{path}.zoneAwareLbSetting", ejects=ejects, report=report)
    if settings.warmup is not None:
        _warmup(settings.warmup, f"{path}.warmup", report)


def _hash(consistent: LoadBalancerSettings.ConsistentHashLB, path: str, report: Report) -> None:
    if consistent.http_cookie is not None:
        _cookie(consistent.http_cookie, f"{path}.httpCookie", report)
    if size := consistent.minimum_ring_size:
        beside = "ringHash" if consistent.ring_hash is not None else "maglev"
        if consistent.ring_hash is not None or consistent.maglev is not None:
            report.refuse(
                "V2039",
                f"{path}.minimumRingSize",
                f"minimumRingSize is {size}, beside {beside}",
                f"Leave minimumRingSize out; {beside} has its own size.",
            )
        else:
            report.warn(
                "V2038",
                f"{path}.minimumRingSize",
                f"minimumRingSize is deprecated, got {size}",
                f"Write ringHash.minimumRingSize: {size} instead.",
            )
    if consistent.maglev is not None:
        _table(consistent.maglev.table_size or 0, f"{path}.maglev.tableSize", report)


def _cookie(cookie: LoadBalancerSettings.ConsistentHashLB.HTTPCookie, path: str, report: Report) -> None:
    if not cookie.name:
        report.refuse("V2035", f"{path}.name", "the cookie has no name", "Name the cookie that holds the key.")
    names: set[str] = set()
    for index, attribute in enumerate(cookie.attributes):
        inner = f"{path}.attributes[{index}].name"
        if not attribute.name:
            report.refuse("V2036", inner, "the attribute has no name", "Name it, such as SameSite, or leave it out.")
        elif attribute.name in names:
            report.refuse("V2037", inner, f"{attribute.name!r} is there twice", "Give each attribute once.")
        else:
            names.add(attribute.name)


def _table(size: int, path: str, report: Report) -> None:
    if size == 0:
        report.refuse("V2040", path, "the size of the table is 0 or not set", "Give a prime number below 5000011.")
    elif size >= TOO_LARGE:
        report.refuse("V2041", path, f"the size of the table is {size}", "Give a prime number below 5000011.")
    elif not _is_prime(size):
        report.refuse(
            "V2042",
            path,
            f"the size of the table is {size}, which is no prime number",
            "Give a prime number below 5000011, such as 65537.",
        )


def _warmup(warmup: WarmupConfiguration, path: str, report: Report) -> None:
    if warmup.duration is None:
        report.refuse("V2060", f"{path}.duration", "the warm-up has no duration", 'Give one, such as "30s".')
    else:
        report.refuse_if("V2061", f"{path}.duration", duration_flaw(warmup.duration))
    if warmup.minimum_percent is not None and warmup.minimum_percent > 100:
        report.refuse(
            "V2062", f"{path}.minimumPercent", f"minimumPercent is {warmup.minimum_percent:g}", "Give at most 100."
        )
    if warmup.aggression is not None and warmup.aggression <= 0:
        report.refuse("V2063", f"{path}.aggression", f"aggression is {warmup.aggression:g}", "Give more than 0.")


@lru_cache(maxsize=64)
def _is_prime(number: int) -> bool:
    """As Envoy counts, for which 1 is one."""
    if number < 4:
        return number > 0
    return number % 2 == 1 and all(number % factor for factor in range(3, isqrt(number) + 1, 2))
