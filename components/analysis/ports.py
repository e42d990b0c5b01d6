"""Ports of Services as ports of their pods."""

from __future__ import annotations

from components.analysis.workloads import Workload
from components.api.kubernetes.service import ServicePort

__all__ = ["port_of_pods"]


def port_of_pods(port: ServicePort, workload: Workload) -> int | None:
    """The port that a port of a Service leads to; None when it is a name that no container of these pods has."""
    target = port.target_port or port.port
    if isinstance(target, int):
        return target
    if target is not None and target.isdecimal() and target.isascii():
        return int(target[:18])
    return next(
        (each.container_port for container in workload.containers for each in container.ports if each.name == target),
        None,
    )
