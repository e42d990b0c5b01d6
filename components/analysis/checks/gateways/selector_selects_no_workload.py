"""A Gateway's selector is met by no workload."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import selector_text
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0501",
    title="a Gateway selects no workload",
    severity=Severity.ERROR,
    reads=("Gateway",),
    istio="IST0101",
    kiali="KIA0302",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Gateways of Istio without pods, in whatever namespace. Source: Gateway.selector in gateway.proto."""
    for gateway in snapshot.gateways:
        if snapshot.gateway_index.workloads(gateway):
            continue
        selector = selector_text(gateway.spec.selector)
        message = f"no workload has the labels {selector}: nothing listens for this Gateway"
        remedy = "Give the selector labels that the pods of a gateway have, such as istio=ingressgateway."
        if snapshot.knows_gateway_workloads:
            yield CHECK.found(gateway, "spec.selector", message, remedy)
        else:
            message = (
                f"no workload with the labels {selector} was found, but no gateway's pods are among these documents,"
                " so this could not be told for sure"
            )
            yield CHECK.found(gateway, "spec.selector", message, remedy, severity=Severity.INFO)
