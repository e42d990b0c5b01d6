"""A ServiceEntry: its hosts, addresses and ports, and that they fit the way in which its hosts are found.

Rules: ServiceEntry's 1 to 46 of istiod's webhook (ValidateServiceEntry); those of each resolution stand with
`resolution`, exportTo and workloadSelector with those of all kinds. A null port (9) is decoded as an
empty one, and refused for what it lacks.
"""

from __future__ import annotations

from components.api.networking.service_entry import ServiceEntry, ServicePort
from components.api.resource import Resource
from components.api.validation.exports import check_exports
from components.api.validation.formats import (
    dns_label_flaw,
    ip_or_cidr_flaw,
    port_flaw,
    protocol_flaw,
    wildcard_domain_flaw,
)
from components.api.validation.protocols import is_http, is_tls
from components.api.validation.resolution import check_resolution
from components.api.validation.selectors import check_workload_selector
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V4002": "both workloadSelector and endpoints",
    "V4003": "no hosts",
    "V4004": 'a host is "*"',
    "V4005": "a host is no host name",
    "V4006": "a host has a wildcard that is not its whole first label",
    "V4007": "an address is neither an IP address nor a range",
    "V4008": "an address is a range, but the resolution is neither NONE nor STATIC",
    "V4010": "two ports have one name",
    "V4011": "two ports have one number",
    "V4012": "a targetPort is not within 1 to 65535",
    "V4013": "a TCP port without addresses, and none is allocated",
    "V4014": "the name of a port of a service entry is no DNS label",
    "V4015": "a port's protocol is unknown",
    "V4016": "a port's number is not within 1 to 65535",
    "V4045": "several hosts on a port where they can not be told apart",
}

RESOLUTION = ServiceEntry.Resolution
WITHOUT_LOOKUP = (None, RESOLUTION.NONE, RESOLUTION.STATIC)
ALLOCATE = "networking.istio.io/enable-autoallocate-ip"


def check(resource: Resource[ServiceEntry], report: Report) -> None:
    """All that the webhook checks of a ServiceEntry."""
    entry = resource.spec
    if entry.workload_selector is not None:
        check_workload_selector(entry.workload_selector, "spec.workloadSelector", report)
        if entry.endpoints:
            report.refuse(
                "V4002",
                "spec.endpoints",
                f"endpoints are given ({len(entry.endpoints)}) beside workloadSelector",
                "List endpoints or select workloads, not both.",
            )
    _check_hosts(entry, report)
    _check_addresses(entry, report)
    _check_ports(entry, _allocates(resource), report)
    check_resolution(resource, report)
    _check_told_apart(entry, report)
    if entry.export_to:
        check_exports(entry.export_to, resource.metadata.namespace, "spec.exportTo", report, none_allowed=True)


def _check_hosts(entry: ServiceEntry, report: Report) -> None:
    dynamic = entry.resolution is RESOLUTION.DYNAMIC_DNS
    if not entry.hosts and not dynamic:
        report.refuse("V4003", "spec.hosts", "the service has no hosts", "Give the name that clients ask for.")
    for index, host in enumerate(entry.hosts):
        path = f"spec.hosts[{index}]"
        if host == "*":
            report.refuse("V4004", path, "'*' stands for every host", 'Name the hosts, such as "*.example.com".')
        elif (flaw := wildcard_domain_flaw(host)) is not None:
            report.refuse("V4005", path, *flaw)
        elif "*" in host and not host.startswith("*.") and not dynamic:
            report.warn(
                "V4006",
                path,
                f"{host!r} has a wildcard that is not the whole first label",
                'Write "*." and the rest of the name, or resolution DYNAMIC_DNS.',
            )


def _check_addresses(entry: ServiceEntry, report: Report) -> None:
    for index, address in enumerate(entry.addresses):
        path = f"spec.addresses[{index}]"
        if (flaw := ip_or_cidr_flaw(address)) is not None:
            report.refuse("V4007", path, *flaw)
        elif "/" in address and (resolution := entry.resolution) not in WITHOUT_LOOKUP:
            assert resolution is not None
            report.refuse(
                "V4008",
                path,
                f"{address!r} is a range, but the resolution is {resolution.value}",
                "Give single addresses, or resolution NONE or STATIC.",
            )


def _check_ports(entry: ServiceEntry, allocates: bool, report: Report) -> None:
    names: set[str] = set()
    numbers: set[int] = set()
    for index, port in enumerate(entry.ports):
        path = f"spec.ports[{index}]"
        name, number = port.name or "", port.number or 0
        if not name:
            report.refuse("V4014", f"{path}.name", "the port has no name", "Name it, such as https.")
        elif name in names:
            report.refuse("V4010", f"{path}.name", f"two ports are named {name!r}", "Give each its own name.")
        else:
            report.refuse_if("V4014", f"{path}.name", dns_label_flaw(name))
        if number and number in numbers:
            report.refuse("V4011", f"{path}.number", f"two ports have the number {number}", "Keep one of them.")
        else:
            report.refuse_if("V4016", f"{path}.number", port_flaw(number))
        names.add(name)
        numbers.add(number)
        _check_rest_of_port(port, path, addressed=bool(entry.addresses) or allocates, report=report)


def _check_rest_of_port(port: ServicePort, path: str, *, addressed: bool, report: Report) -> None:
    if port.target_port:
        report.refuse_if("V4012", f"{path}.targetPort", port_flaw(port.target_port))
    if port.protocol:
        report.refuse_if("V4015", f"{path}.protocol", protocol_flaw(port.protocol))
    # Istiod compares as it stands, so "tcp" is not warned of.
    if not addressed and port.protocol in (None, "", "TCP"):
        report.warn(
            "V4013",
            path,
            f"the protocol is {port.protocol or 'not set'}, and the service has no address to tell its traffic by",
            "Give spec.addresses, or a protocol; or let an address be allocated: resolution other than NONE, and no"
            f" label {ALLOCATE}: false.",
        )


def _allocates(resource: Resource[ServiceEntry]) -> bool:
    """Whether istiod finds an address for the service by itself, as it does unless told otherwise."""
    if resource.spec.resolution in (None, RESOLUTION.NONE) or resource.spec.addresses:
        return False
    return resource.metadata.labels.get(ALLOCATE, "").lower() != "false"


def _check_told_apart(entry: ServiceEntry, report: Report) -> None:
    if len(entry.hosts) < 2 or entry.resolution in (None, RESOLUTION.NONE):
        return
    for index, port in enumerate(entry.ports):
        if not is_http(port.protocol) and not is_tls(port.protocol):
            report.refuse(
                "V4045",
                f"spec.ports[{index}].protocol",
                f"the protocol is {port.protocol or 'not set'}, by which {len(entry.hosts)} hosts are not told apart",
                "Give an HTTP or TLS protocol, one host only, or resolution NONE.",
            )
            return
