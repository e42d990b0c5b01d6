"""A WorkloadEntry: where a host that is no pod is, with its ports and labels. The endpoints of a ServiceEntry are
such hosts too, and report under codes of their own.

Rules: WorkloadEntry's 1 to 8 of istiod's webhook (validateWorkloadEntry).
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from components.api.networking.workload_entry import WorkloadEntry
from components.api.resource import Resource
from components.api.validation.formats import (
    dns_label_flaw,
    fqdn_flaw,
    is_ip,
    labels_flaw,
    port_flaw,
    unix_address_flaw,
)
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "UNIX", "HostCodes", "check", "check_ports_and_labels", "check_workload"]

CODES = {
    "V8401": "neither address nor network",
    "V8402": "a network, but no address",
    "V8403": "address is a socket whose path is not absolute, or a folder",
    "V8404": "address is a socket, and there are ports",
    "V8405": "address is neither an IP address nor a full DNS name",
    "V8406": "a port's name is no DNS label",
    "V8407": "a port is not within 1 to 65535",
    "V8408": "labels are no labels of Kubernetes",
}

UNIX = "unix://"


class HostCodes(NamedTuple):
    """Under which codes a kind reports what is wrong with a host."""

    nowhere: str
    network_only: str
    socket: str
    socket_with_ports: str
    address: str
    port_name: str
    port_number: str
    labels: str
    undeclared_port: str = ""
    """Only where the names of the ports are known."""


ENTRY = HostCodes("V8401", "V8402", "V8403", "V8404", "V8405", "V8406", "V8407", "V8408")


def check(resource: Resource[WorkloadEntry], report: Report) -> None:
    """All that the webhook checks of a WorkloadEntry."""
    check_workload(resource.spec, "spec", ENTRY, report, names=True)


def check_workload(
    entry: WorkloadEntry,
    path: str,
    codes: HostCodes,
    report: Report,
    *,
    names: bool,
    declared: Set[str] | None = None,
) -> None:
    """A host. `names` lets a DNS name be its address; `declared` are the names its ports may have, None for any."""
    address = entry.address or ""
    if not address:
        if not entry.network:
            report.refuse(codes.nowhere, f"{path}.address", "the host has no address", "Give its IP address.")
            return
        report.warn(
            codes.network_only,
            f"{path}.address",
            f"the host has no address, only the network {entry.network!r}",
            "Give its address, unless requests shall go to the gateways of that network.",
        )
    elif address.startswith(UNIX):
        report.refuse_if(codes.socket, f"{path}.address", unix_address_flaw(address.removeprefix(UNIX)))
        if entry.ports:
            report.refuse(
                codes.socket_with_ports,
                f"{path}.ports",
                f"ports are given ({', '.join(entry.ports)}), but the address is the socket {address!r}",
                "Leave ports out.",
            )
    elif not is_ip(address) and (not names or fqdn_flaw(address) is not None):
        allowed = "an IP address nor a full DNS name" if names else "an IP address nor a socket"
        wanted = "such as 10.0.0.7 or vm.example.com" if names else 'such as 10.0.0.7, or "unix://" and a path'
        report.refuse(codes.address, f"{path}.address", f"{address!r} is neither {allowed}", f"Give one, {wanted}.")
    check_ports_and_labels(entry, path, codes, report, declared)


def check_ports_and_labels(
    entry: WorkloadEntry, path: str, codes: HostCodes, report: Report, declared: Set[str] | None
) -> None:
    """The ports by name, and the labels."""
    for name, number in entry.ports.items():
        inner = entry_path(f"{path}.ports", name)
        if declared is not None and name not in declared:
            report.refuse(
                codes.undeclared_port,
                inner,
                f"the service has no port {name!r}",
                f"Allowed: {', '.join(sorted(declared)) or 'none'}.",
            )
        else:
            report.refuse_if(codes.port_name, inner, dns_label_flaw(name))
        report.refuse_if(codes.port_number, inner, port_flaw(number))
    if entry.labels:
        report.refuse_if(codes.labels, f"{path}.labels", labels_flaw(entry.labels))
