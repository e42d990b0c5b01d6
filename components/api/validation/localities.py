"""Preference by region, zone and subzone: who gets what share, and who takes over.

Rules: DestinationRule's 43 to 59 of istiod's webhook (ValidateLocalityLbSetting, ValidateZoneAwareLbSetting,
validateLocalities), but for 43, which stands with the load balancer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from components.api.networking.destination_rule import LocalityLoadBalancerSetting, ZoneAwareLoadBalancerSetting
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check_locality", "check_zone_aware"]

CODES = {
    "V2044": "localityLbSetting has both distribute and failover",
    "V2045": "localityLbSetting has failover and also orders by region, zone or subzone",
    "V2046": "a locality's weight is not within 1 to 100",
    "V2047": "the weights of a locality do not add up to 100",
    "V2048": "a locality has a wildcard that is not its end",
    "V2049": "two localities overlap",
    "V2050": "a locality has an empty part",
    "V2051": "localityLbSetting fails over, but no outlierDetection notices failures",
    "V2052": "localityLbSetting fails over from a region to itself",
    "V2053": "localityLbSetting fails over between more than regions",
    "V2054": "localityLbSetting fails over by wildcard",
    "V2055": "zoneAwareLbSetting orders by region, zone or subzone",
    "V2056": "zoneAwareLbSetting fails over, but no outlierDetection notices failures",
    "V2057": "zoneAwareLbSetting fails over from a region to itself",
    "V2058": "zoneAwareLbSetting fails over between more than regions",
    "V2059": "zoneAwareLbSetting fails over by wildcard",
}

TOPOLOGY = frozenset(("topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"))
Failovers = Sequence[LocalityLoadBalancerSetting.Failover | ZoneAwareLoadBalancerSetting.Failover]


def check_locality(setting: LocalityLoadBalancerSetting, path: str, *, ejects: bool, report: Report) -> None:
    """Rules 44 to 54; `ejects` says whether outlier detection holds for the same requests."""
    if setting.distribute and setting.failover:
        report.refuse(
            "V2044",
            path,
            f"distribute ({len(setting.distribute)}) and failover ({len(setting.failover)}) are both given",
            "Set one of the two: shares while all is well, or who takes over when it is not.",
        )
    if setting.failover:
        for index, label in enumerate(setting.failover_priority):
            if label in TOPOLOGY:
                report.refuse(
                    "V2045",
                    f"{path}.failoverPriority[{index}]",
                    f"{label!r} orders by locality, and failover does too",
                    "Leave failover out, or order by other labels.",
                )
    for index, distribute in enumerate(setting.distribute):
        _shares(distribute, f"{path}.distribute[{index}]", report)
    _apart(((f"{path}.distribute[{i}].from", each.from_ or "") for i, each in enumerate(setting.distribute)), report)
    _needs_ejection("V2051", setting.failover, setting.failover_priority, path, ejects, report)
    _failover(("V2052", "V2053", "V2054"), setting.failover, path, report)


def check_zone_aware(setting: ZoneAwareLoadBalancerSetting, path: str, *, ejects: bool, report: Report) -> None:
    """Rules 55 to 59; `ejects` says whether outlier detection holds for the same requests."""
    for index, label in enumerate(setting.failover_priority):
        if label in TOPOLOGY:
            report.refuse(
                "V2055",
                f"{path}.failoverPriority[{index}]",
                f"{label!r} orders by locality, which zoneAwareLbSetting does by itself",
                "Order by other labels; failover orders the regions.",
            )
    _needs_ejection("V2056", setting.failover, setting.failover_priority, path, ejects, report)
    _failover(("V2057", "V2058", "V2059"), setting.failover, path, report)


def _shares(distribute: LocalityLoadBalancerSetting.Distribute, path: str, report: Report) -> None:
    outside = False
    for locality, weight in distribute.to.items():
        if not 1 <= weight <= 100:
            outside = True
            report.refuse(
                "V2046",
                entry_path(f"{path}.to", locality),
                f"the weight of {locality!r} is {weight}",
                "Give a whole number from 1 to 100; leave out a locality that should get nothing.",
            )
    total = sum(distribute.to.values())
    if total != 100 and not outside:
        weights = " + ".join(map(str, distribute.to.values())) or "no weights"
        report.refuse(
            "V2047",
            f"{path}.to",
            f"the weights of requests from {distribute.from_ or ''!r} are {weights} = {total}",
            "Let them add up to 100.",
        )
    _apart(((entry_path(f"{path}.to", locality), locality) for locality in distribute.to), report, ordered=False)


def _apart(localities: Iterable[tuple[str, str]], report: Report, *, ordered: bool = True) -> None:
    """Refuse localities that are malformed, or within one that came before.

    Istiod takes a wildcard after what it covers; in a map, which it reads in no fixed order, either way is refused.
    """
    covers: set[tuple[str, ...]] = set()
    within: set[tuple[str, ...]] = set()
    for path, locality in localities:
        parts = tuple(locality.split("/", 2))
        if (stars := locality.count("*")) > 1 or (stars and not locality.endswith("*")):
            report.refuse(
                "V2048",
                path,
                f"{locality!r} has a wildcard that is not its end",
                'Write one *, as the last character: "region/zone/*".',
            )
            continue
        if "" in parts:
            report.refuse(
                "V2050", path, f"{locality!r} has an empty part", "Write region, region/zone or region/zone/subzone."
            )
            continue
        own = parts[:-1] if parts[-1] == "*" else parts
        prefixes = {parts[:length] for length in range(len(parts) + 1)}
        if not prefixes.isdisjoint(covers) or (own if not ordered else parts) in within:
            report.refuse(
                "V2049",
                path,
                f"{locality!r} overlaps another locality of the list",
                "Name each locality once, and none within another.",
            )
            continue
        covers.add(own)
        within |= prefixes


def _needs_ejection(
    code: str, failover: Failovers, priority: Sequence[str], path: str, ejects: bool, report: Report
) -> None:
    if ejects or not (failover or priority):
        return
    name = "failover" if failover else "failoverPriority"
    report.warn(
        code,
        f"{path}.{name}",
        f"{name} is given ({len(failover or priority)}), but outlierDetection is not set, so no failure is noticed",
        "Set outlierDetection in the same traffic policy.",
    )


def _failover(codes: tuple[str, str, str], failovers: Failovers, path: str, report: Report) -> None:
    same, deeper, wildcard = codes
    for index, failover in enumerate(failovers):
        inner = f"{path}.failover[{index}]"
        origin, target = failover.from_ or "", failover.to or ""
        if origin == target:
            report.refuse(same, f"{inner}.to", f"from and to are both {target!r}", "Name another region in to.")
        for name, region in (("from", origin), ("to", target)):
            if "/" in region:
                report.refuse(
                    deeper,
                    f"{inner}.{name}",
                    f"{region!r} is more than a region",
                    "Name a region alone; zones and subzones are taken care of.",
                )
            if "*" in region:
                report.refuse(wildcard, f"{inner}.{name}", f"{region!r} has a wildcard", "Name one region.")
