"""A Gateway's class is neither one of Istio's nor declared."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.gateway_api.gateway import GatewaySpec

CHECK = Check(
    code="M0934",
    title="the class of a Gateway is not known",
    severity=Severity.ERROR,
    reads=("Gateway",),
    kiali="KIA1504",
)

OF_ISTIO = frozenset(
    {"istio", "istio-remote", "istio-waypoint", "istio-east-west", "istio-agentgateway", "istio-agentgateway-waypoint"}
)
"""Classes that istiod makes by itself."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Classes that no GatewayClass among the documents declares (KIA1504). Other controllers bring theirs along, so only
    a complete set tells for sure.
    """
    declared = {each.name for each in snapshot.of("GatewayClass")}
    for gateway in snapshot.of("Gateway", GatewaySpec):
        name = gateway.spec.gateway_class_name
        if not name or name in OF_ISTIO or name in declared:
            continue
        doubt = "" if snapshot.complete else "; it may be installed all the same, so this could not be told for sure"
        yield CHECK.found(
            gateway,
            "spec.gatewayClassName",
            f"{name} is no class that Istio has, and no GatewayClass of that name is declared: nobody makes this Gateway"
            f"{doubt}",
            "Give istio, istio-waypoint or another class of Istio's, or declare the GatewayClass.",
            severity=None if snapshot.complete else Severity.INFO,
        )
