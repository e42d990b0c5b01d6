"""A Gateway listens on a port that no Service in front of its pods has."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import selector_text
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.kubernetes.service import ServicePort

CHECK = Check(
    code="M0502",
    title="a Gateway's port is not reached through a Service",
    severity=Severity.WARNING,
    reads=("Gateway",),
    istio="IST0162",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Ports of servers against ports and target ports of Services. Source: Server.port in gateway.proto; istiod
    translates a Service's port to its target port.
    """
    index = snapshot.gateway_index
    for gateway in snapshot.gateways:
        workloads = index.workloads(gateway) if gateway.spec.selector else ()
        if not workloads:
            continue
        reached: set[int] = set()
        services = 0
        for workload in workloads:
            for service in index.services(workload):
                services += 1
                reached |= {number for port in service.spec.ports for number in _numbers(port, workload)}
        for number, server in enumerate(gateway.spec.servers):
            if server.port is None or (server.port.number or 0) in reached or (server.bind or "").startswith("unix:"):
                continue
            port = server.port.number or 0
            selector = selector_text(gateway.spec.selector)
            field = f"spec.servers[{number}].port.number"
            message = f"no Service in front of the pods with {selector} has port {port}: it is not reached through one"
            has = ", ".join(map(str, sorted(reached))) or "no TCP port"
            remedy = f"Add the port to the gateway's Service, or listen on one that it has ({has})."
            if services or any(index.has_services_of(each.namespace) for each in workloads):
                yield CHECK.found(gateway, field, message, remedy)
            else:
                message = (
                    f"no Service with port {port} was found in front of the pods with {selector}, but nothing of"
                    f" namespace {workloads[0].namespace} is among these documents, so this could not be told for sure"
                )
                yield CHECK.found(gateway, field, message, remedy, severity=Severity.INFO)


def _numbers(port: ServicePort, workload: Workload) -> Iterator[int]:
    if (port.protocol or "TCP") != "TCP":
        return
    yield port.port or 0
    target = port.target_port
    if isinstance(target, str):
        if target.isdigit():
            yield int(target[:9])
        for container in workload.containers:
            yield from (each.container_port or 0 for each in container.ports if each.name == target)
    elif target:
        yield target
