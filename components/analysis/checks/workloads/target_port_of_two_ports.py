"""Two ports of Services lead to one port of the same pods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.services_of_pods import deployments_in_mesh
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0808",
    title="two ports of Services lead to one port of the same pods",
    severity=Severity.WARNING,
    reads=("Deployment",),
    istio="IST0137",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Deployments in the mesh one of whose ports is the targetPort of several ports."""
    for each in deployments_in_mesh(snapshot):
        users: dict[str, dict[int, str]] = defaultdict(dict)
        for service in each.services:
            for port in service.spec.ports:
                target = str(port.target_port or "") or str(port.port or 0)
                users[target][port.port or 0] = service.name
        for target, by_port in users.items():
            if len(by_port) > 1:
                said = ", ".join(f"{number} of {name}" for number, name in sorted(by_port.items()))
                yield CHECK.found(
                    each.workload.owner,
                    "metadata.name",
                    f"ports {said} lead to port {target} of these pods, and its proxy can not tell them apart"
                    f"{each.doubt}",
                    "Keep one of the ports, or let the application listen on a port for each.",
                    severity=each.severity,
                )
