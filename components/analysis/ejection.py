"""When outlier detection ejects an endpoint, and how many at once.

Source: pilot's applyOutlierDetection, and Envoy's detector, which lets an endpoint go when it and those that are out
make no more than max_ejection_percent of the cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from components.analysis.clusters import endpoints_of
from components.analysis.declared import Declared
from components.analysis.hosts import fqdn
from components.analysis.rule_lookup import Site, policy_of, sites_of
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import DestinationRule, OutlierDetection

__all__ = ["DEFAULT_5XX", "DEFAULT_EJECTION", "Ejecting", "Sized", "can_eject", "cap_of", "ejecting", "sized"]

DEFAULT_5XX = 5
"""consecutive5xxErrors where it is not given."""
DEFAULT_EJECTION = 10
"""maxEjectionPercent where it is not given, or 0."""


class Ejecting(NamedTuple):
    """A place where outlierDetection stands."""

    path: str
    """Of outlierDetection."""
    rule: Declared[DestinationRule]
    site: Site
    outlier: OutlierDetection


class Sized(NamedTuple):
    """A cluster with its number of endpoints."""

    subset: str
    """"" for the host itself."""
    endpoints: int

    def __str__(self) -> str:
        """ "4 endpoints in subset v1", as messages name it."""
        count = "1 endpoint" if self.endpoints == 1 else f"{self.endpoints} endpoints"
        return f"{count} in subset {self.subset}" if self.subset else count


def ejecting(snapshot: Snapshot) -> Iterator[Ejecting]:
    """Every outlierDetection of every DestinationRule."""
    for rule in snapshot.destination_rules:
        for site in sites_of(rule.spec):
            if site.policy.outlier_detection is not None:
                yield Ejecting(f"{site.path}.outlierDetection", rule, site, site.policy.outlier_detection)


def can_eject(outlier: OutlierDetection) -> bool:
    """Whether anything makes it eject: istiod never has Envoy look at success rates."""
    if outlier.consecutive_5xx_errors is None or outlier.consecutive_5xx_errors > 0:
        return True
    # Failures to connect count apart when they are split off, 5 in a row where istiod gives no number.
    return (outlier.consecutive_gateway_errors or 0) > 0 or bool(outlier.split_external_local_origin_errors)


def cap_of(outlier: OutlierDetection) -> int:
    """The share of endpoints that may be out at once, in percent."""
    given = outlier.max_ejection_percent or 0
    return given if given > 0 else DEFAULT_EJECTION


def sized(snapshot: Snapshot, each: Ejecting) -> tuple[Sized, ...]:
    """The clusters that follow it, as far as something is sent to them and their endpoints are known.

    A subset counts when a rule among the documents sends to it; the host itself, when one does, or when none speaks of
    it at all.
    """
    name = fqdn(each.rule.spec.host or "", each.rule.namespace)
    host = snapshot.hosts.find(name, each.rule.namespace) if "*" not in name else None
    if host is None:
        return ()
    used = snapshot.subsets_used.get(name)
    subsets = [each.site.subset] if each.site.subset is not None else [None, *each.rule.spec.subsets]
    found: list[Sized] = []
    for subset in subsets:
        label = (subset.name or "") if subset is not None else ""
        if (used is None and label) or (used is not None and label not in used):
            continue
        if policy_of(each.rule.spec, subset, each.site.port).outlier_detection is not each.outlier:
            continue
        count = endpoints_of(snapshot, host, subset.labels if subset is not None else {})
        if count:
            found.append(Sized(label, count))
    return tuple(found)
