"""A DestinationRule: its host, its subsets, who sees it and for whom it is.

Rules: DestinationRule's 1 to 8 of istiod's webhook (ValidateDestinationRule); 9 to 77 stand with the traffic policy
and its parts, exportTo and workloadSelector with those of all kinds. A null subset (2) is decoded as
an empty one, and refused for what it lacks.
"""

from __future__ import annotations

from components.api.networking.destination_rule import DestinationRule, OutlierDetection, Subset
from components.api.resource import Resource
from components.api.validation.exports import check_exports
from components.api.validation.formats import dns_label_flaw, labels_flaw, wildcard_domain_flaw
from components.api.validation.selectors import check_selector
from components.api.validation.traffic_policy import check_traffic_policy
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V2001": "host is no host name",
    "V2003": "two subsets have one name",
    "V2004": "a subset has no name",
    "V2005": "a subset's name is no DNS label",
    "V2006": "a subset's labels are no labels of Kubernetes",
}


def check(resource: Resource[DestinationRule], report: Report) -> None:
    """All that the webhook checks of a DestinationRule."""
    rule, namespace = resource.spec, resource.metadata.namespace
    report.refuse_if("V2001", "spec.host", wildcard_domain_flaw(rule.host or ""))
    policy = rule.traffic_policy
    if policy is not None:
        check_traffic_policy(policy, "spec.trafficPolicy", namespace, report)
    seen: dict[str, int] = {}
    inherited = policy.outlier_detection if policy is not None else None
    for index, subset in enumerate(rule.subsets):
        _check_subset(subset, index, seen, namespace, inherited, report)
    if rule.export_to:
        own_only = rule.workload_selector is not None
        check_exports(rule.export_to, namespace, "spec.exportTo", report, own_only=own_only)
    if rule.workload_selector is not None:
        check_selector(rule.workload_selector, "spec.workloadSelector", report)


def _check_subset(
    subset: Subset,
    index: int,
    seen: dict[str, int],
    namespace: str | None,
    inherited: OutlierDetection | None,
    report: Report,
) -> None:
    path = f"spec.subsets[{index}]"
    name = subset.name or ""
    if not name:
        report.refuse("V2004", f"{path}.name", "the subset has no name", "Name it, so that routes can refer to it.")
    elif name in seen:
        report.refuse(
            "V2003",
            f"{path}.name",
            f"{name!r} is the name of subset {seen[name]} already",
            "Give each subset a name of its own.",
        )
    else:
        seen[name] = index
        report.refuse_if("V2005", f"{path}.name", dns_label_flaw(name))
    if subset.labels:
        report.refuse_if("V2006", f"{path}.labels", labels_flaw(subset.labels))
    if subset.traffic_policy is not None:
        check_traffic_policy(subset.traffic_policy, f"{path}.trafficPolicy", namespace, report, inherited=inherited)
