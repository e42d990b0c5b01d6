"""A PeerAuthentication names a port of the Service where the port of the pods is meant."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import labels_of
from components.analysis.ports import port_of_pods
from components.analysis.services_of_pods import services_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0613",
    title="portLevelMtls names a port of the Service",
    severity=Severity.WARNING,
    reads=("PeerAuthentication",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Keys of portLevelMtls that are a port of a Service and none of its pods. Source: peer_authentication.proto."""
    policies = [each for each in snapshot.peer_authentications if each.spec.port_level_mtls and labels_of(each.spec)]
    services = services_of(snapshot) if policies else {}
    for policy in policies:
        of_service: dict[int, int | None] = {}
        of_pods: set[int | None] = set()
        for workload in snapshot.workloads.selected(labels_of(policy.spec), policy.namespace):
            of_pods |= {port.container_port for each in workload.containers for port in each.ports}
            for service in services.get(id(workload), ()):
                for port in service.spec.ports:
                    target = port_of_pods(port, workload)
                    of_service[port.port or 0] = target
                    of_pods.add(target)
        for number in policy.spec.port_level_mtls:
            if number in of_service and number not in of_pods:
                target = of_service[number]
                yield CHECK.found(
                    policy,
                    f'spec.portLevelMtls["{number}"]',
                    f"port {number} is one of the Service; its pods listen on {target or 'another'}, so this is in force"
                    " nowhere",
                    f"Name the port of the pods{f', {target}' if target else ''}.",
                )
