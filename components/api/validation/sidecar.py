"""A Sidecar: for whom it is, and where requests to unknown hosts go.

Rules: Sidecar's 1, 2, 26 and 49 to 53 of istiod's webhook (ValidateSidecar, validateSidecarOutboundTrafficPolicy);
those of listeners stand with `sidecar_ingress` and `sidecar_egress`, limits with DestinationRule's (V2017 to V2034),
workloadSelector with those of all kinds. The mode ALLOW_ANY_DYNAMIC_DNS (49), which only the mesh has, is refused with
the document's shape.
"""

from __future__ import annotations

from components.api.networking.sidecar import OutboundTrafficPolicy, Sidecar
from components.api.networking.virtual_service import Destination
from components.api.resource import Resource
from components.api.validation.circuit_breaking import check_connection_pool
from components.api.validation.formats import dns_label_flaw, fqdn_flaw, port_flaw
from components.api.validation.selectors import check_workload_selector
from components.api.validation.sidecar_egress import check_egress
from components.api.validation.sidecar_ingress import check_ingress
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V5002": "none of egress, ingress, outboundTrafficPolicy and inboundConnectionPool",
    "V5050": "an egressProxy, though unknown hosts can not be reached",
    "V5051": "egressProxy.host is no full DNS name",
    "V5052": "egressProxy has no port",
    "V5053": "egressProxy has a subset or port that is none",
}

ALLOW_ANY = OutboundTrafficPolicy.Mode.ALLOW_ANY


def check(resource: Resource[Sidecar], report: Report) -> None:
    """All that the webhook checks of a Sidecar."""
    sidecar = resource.spec
    if sidecar.workload_selector is not None:
        check_workload_selector(sidecar.workload_selector, "spec.workloadSelector", report)
    pool, policy = sidecar.inbound_connection_pool, sidecar.outbound_traffic_policy
    if not sidecar.egress and not sidecar.ingress and policy is None and pool is None:
        report.refuse(
            "V5002",
            "spec",
            "the Sidecar says nothing of what its proxies do",
            "Set egress, ingress, outboundTrafficPolicy or inboundConnectionPool.",
        )
    if sidecar.ingress:
        check_ingress(sidecar.ingress, "spec.ingress", report)
    if pool is not None:
        check_connection_pool(pool, "spec.inboundConnectionPool", report)
    if sidecar.egress:
        check_egress(sidecar.egress, resource.metadata.namespace, "spec.egress", report)
    if policy is not None and policy.egress_proxy is not None:
        _check_proxy(policy.egress_proxy, policy.mode, "spec.outboundTrafficPolicy.egressProxy", report)


def _check_proxy(proxy: Destination, mode: OutboundTrafficPolicy.Mode | None, path: str, report: Report) -> None:
    if mode is not ALLOW_ANY:
        shown = mode.value if mode is not None else OutboundTrafficPolicy.Mode.REGISTRY_ONLY.value
        report.refuse(
            "V5050",
            path,
            f"egressProxy is set, but mode {shown} lets no request to an unknown host out",
            "Set mode ALLOW_ANY, or leave egressProxy out.",
        )
        return
    report.refuse_if("V5051", f"{path}.host", fqdn_flaw(proxy.host or ""))
    if proxy.subset:
        report.refuse_if("V5053", f"{path}.subset", dns_label_flaw(proxy.subset))
    if proxy.port is None:
        report.refuse("V5052", f"{path}.port", "egressProxy has no port", "Set port.number to a port of the service.")
    else:
        report.refuse_if("V5053", f"{path}.port.number", port_flaw(proxy.port.number or 0))
