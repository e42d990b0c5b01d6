"""Services give one port of the same pods two transport protocols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.services_of_pods import deployments_in_mesh
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0807",
    title="Services use one port of the same pods with two transport protocols",
    severity=Severity.WARNING,
    reads=("Deployment",),
    istio="IST0116",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Deployments in the mesh whose Services differ in the protocol of a port. Source: istio.io, Application
    Requirements, Service association.
    """
    for each in deployments_in_mesh(snapshot):
        users: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for service in each.services:
            for port in service.spec.ports:
                users[port.port or 0][port.protocol or "TCP"].append(service.name)
        for number, by_protocol in users.items():
            if len(by_protocol) > 1:
                said = "; ".join(f"{key} by {', '.join(names)}" for key, names in sorted(by_protocol.items()))
                yield CHECK.found(
                    each.workload.owner,
                    "metadata.name",
                    f"Services use port {number} of these pods as {said}; a proxy serves one of them only{each.doubt}",
                    "Use another port for one of the protocols, or other pods.",
                    severity=each.severity,
                )
