"""A Service sends to a port that none of its pods has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.kubernetes.pod import ContainerPort
from components.api.kubernetes.service import ServicePort, ServiceSpec

CHECK = Check(
    code="M0822",
    title="a Service sends to a port that its pods do not have",
    severity=Severity.WARNING,
    reads=("Service",),
    kiali="KIA0701",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Ports whose targetPort no container of any pod selected declares. Source: Kubernetes, Service; KIA0701."""
    for service in snapshot.of("Service", ServiceSpec):
        if not service.spec.selector or service.spec.type == "ExternalName":
            continue
        workloads = snapshot.workloads.selected(service.spec.selector, service.namespace)
        declared = _declared(workloads)
        # A proxy that stands there already opens ports of its own, and so does what a webhook is yet to add.
        if not workloads or any(each.image == "auto" for workload in workloads for each in workload.containers):
            continue
        for index, port in enumerate(service.spec.ports):
            target = port.target_port if port.target_port not in (None, 0, "") else port.port
            if _is_there(target, port, declared):
                continue
            by_name = isinstance(target, str) and not target.isdigit()
            if not by_name and not declared:
                continue
            said = sorted({_said(each) for each in declared})
            yield CHECK.found(
                service,
                f"spec.ports[{index}].{'targetPort' if port.target_port else 'port'}",
                f"no container of the pods it selects declares port {target}"
                + (f"; declared: {', '.join(said)}" if said else "; they declare none"),
                "Name a port that the containers declare, or declare this one."
                if by_name
                else "See whether the application listens on it; if so, declare it in its container.",
                severity=None if by_name else Severity.INFO,
            )


def _said(port: ContainerPort) -> str:
    return f"{port.name} ({port.container_port})" if port.name else str(port.container_port)


def _declared(workloads: Sequence[Workload]) -> list[ContainerPort]:
    found: list[ContainerPort] = []
    for workload in workloads:
        if workload.spec is not None:
            for container in (*workload.spec.containers, *workload.spec.init_containers):
                found += container.ports
    return found


def _is_there(target: int | str | None, port: ServicePort, declared: Sequence[ContainerPort]) -> bool:
    transport = port.protocol or "TCP"
    return any(
        (each.protocol or "TCP") == transport and str(target) in (each.name, str(each.container_port))
        for each in declared
    )
