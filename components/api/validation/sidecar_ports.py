"""A port that a Sidecar's listener has. Codes are those of the direction.

Rules: those that validateSidecarIngressPortAndBind and validateSidecarEgressPortBindAndCaptureMode of istiod's
webhook have in common.
"""

from __future__ import annotations

from typing import NamedTuple

from components.api.networking.sidecar import SidecarPort
from components.api.validation.formats import dns_label_flaw, ip_flaw, port_flaw, protocol_flaw
from components.api.validation.violation import Report

__all__ = ["PortCodes", "check_port"]


class PortCodes(NamedTuple):
    """Under which codes a direction reports what is wrong with a port."""

    target: str
    name: str
    protocol: str
    number: str
    bind: str


def check_port(
    port: SidecarPort, bind: str | None, path: str, codes: PortCodes, report: Report, *, socket: bool
) -> None:
    """The port of the listener at `path`. `socket`: it has no number, because it binds to a Unix socket."""
    if port.target_port:
        report.refuse(
            codes.target,
            f"{path}.port.targetPort",
            f"targetPort is {port.target_port}, which has no effect in a Sidecar",
            "Leave it out.",
        )
    if port.name:
        report.refuse_if(codes.name, f"{path}.port.name", dns_label_flaw(port.name))
    if port.protocol:
        report.refuse_if(codes.protocol, f"{path}.port.protocol", protocol_flaw(port.protocol))
    if not socket:
        report.refuse_if(codes.number, f"{path}.port.number", port_flaw(port.number or 0))
        if bind:
            report.refuse_if(codes.bind, f"{path}.bind", ip_flaw(bind))
