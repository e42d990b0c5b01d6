"""How the hosts of a ServiceEntry are found, and what each way asks of endpoints, hosts and ports.

Rules: ServiceEntry's 17 to 43 of istiod's webhook (the switch of ValidateServiceEntry). A null endpoint (19, 31) is
decoded as an empty one, and refused for what it lacks; locations and resolutions that there are not (42, 44) are
refused with the document's shape.
"""

from __future__ import annotations

from collections.abc import Set

from components.api.networking.service_entry import ServiceEntry
from components.api.networking.workload_entry import WorkloadEntry
from components.api.resource import Resource
from components.api.validation.formats import fqdn_flaw, is_ip, wildcard_domain_flaw
from components.api.validation.protocols import is_tcp
from components.api.validation.violation import Report
from components.api.validation.workload_entry import UNIX, HostCodes, check_ports_and_labels, check_workload

__all__ = ["CODES", "check_resolution"]

CODES = {
    "V4017": "resolution NONE with endpoints",
    "V4018": "resolution NONE with workloadSelector",
    "V4020": "an endpoint has neither address nor network",
    "V4021": "an endpoint has a network, but no address",
    "V4022": "an endpoint is a socket whose path is not absolute, or a folder",
    "V4023": "an endpoint is a socket, and has ports",
    "V4024": "resolution STATIC with an endpoint that is no IP address",
    "V4025": "resolution STATIC with an endpoint that has a port the service has not",
    "V4026": "resolution STATIC with an endpoint that has a port whose name or number is none",
    "V4027": "resolution STATIC with an endpoint whose labels are none",
    "V4028": "an endpoint is a socket, and the service has not exactly one port",
    "V4029": "resolution DNS without endpoints, and a host that can not be looked up",
    "V4030": "resolution DNS_ROUND_ROBIN with more than one endpoint",
    "V4032": "resolution DNS with an endpoint that is neither an IP address nor a full DNS name",
    "V4033": "resolution DNS with an endpoint whose labels are none",
    "V4034": "resolution DNS with an endpoint that has a port the service has not",
    "V4035": "resolution DNS with an endpoint that has a port whose name or number is none",
    "V4036": "resolution DNS with addresses and a TCP port, where several hosts are not told apart",
    "V4037": "resolution DYNAMIC_DNS without hosts",
    "V4038": "resolution DYNAMIC_DNS with a host that has no wildcard",
    "V4039": "resolution DYNAMIC_DNS with addresses",
    "V4040": "resolution DYNAMIC_DNS with endpoints",
    "V4041": "resolution DYNAMIC_DNS with a protocol other than HTTP, HTTP2, GRPC or TLS",
    "V4043": "resolution DYNAMIC_DNS inside of the mesh, with a waypoint",
}

RESOLUTION = ServiceEntry.Resolution
STATIC = HostCodes("V4020", "V4021", "V4022", "V4023", "V4024", "V4026", "V4026", "V4027", undeclared_port="V4025")
# Only the last four are used: an endpoint that is looked up needs a name, and has no socket.
DNS = HostCodes("", "", "", "", "V4032", "V4035", "V4035", "V4033", undeclared_port="V4034")
FORWARDED = frozenset(("http", "http2", "grpc", "tls"))
WAYPOINT = "istio.io/use-waypoint"


def check_resolution(resource: Resource[ServiceEntry], report: Report) -> None:
    """Rules 17 to 43."""
    entry = resource.spec
    match entry.resolution:
        case None | RESOLUTION.NONE:
            _check_none(entry, report)
        case RESOLUTION.STATIC:
            _check_static(entry, report)
        case RESOLUTION.DNS | RESOLUTION.DNS_ROUND_ROBIN:
            _check_dns(entry, entry.resolution.value, report)
        case RESOLUTION.DYNAMIC_DNS:
            _check_dynamic(entry, report)
            _check_waypoint(resource, report)


def _check_none(entry: ServiceEntry, report: Report) -> None:
    if entry.endpoints:
        report.refuse(
            "V4017",
            "spec.endpoints",
            f"endpoints are given ({len(entry.endpoints)}), but resolution NONE goes where the client asked to go",
            "Leave endpoints out, or set resolution STATIC or DNS.",
        )
    if entry.workload_selector is not None:
        report.warn(
            "V4018",
            "spec.workloadSelector",
            "workloadSelector is set, but resolution NONE goes where the client asked to go",
            "Leave it out, or set resolution STATIC.",
        )


def _check_static(entry: ServiceEntry, report: Report) -> None:
    declared = _port_names(entry) if entry.endpoints else frozenset()
    for index, endpoint in enumerate(entry.endpoints):
        path = f"spec.endpoints[{index}]"
        check_workload(endpoint, path, STATIC, report, names=False, declared=declared)
        if len(declared) != 1 and (endpoint.address or "").startswith(UNIX):
            report.refuse(
                "V4028",
                f"{path}.address",
                f"{endpoint.address!r} is a socket, but the service has {len(declared)} ports",
                "Give the service exactly one port, or the endpoint an IP address.",
            )


def _check_dns(entry: ServiceEntry, resolution: str, report: Report) -> None:
    if not entry.endpoints:
        for index, host in enumerate(entry.hosts):
            # What is no host name at all is refused as such.
            if fqdn_flaw(host) is not None and host != "*" and wildcard_domain_flaw(host) is None:
                report.refuse(
                    "V4029",
                    f"spec.hosts[{index}]",
                    f"{host!r} can not be looked up, and resolution {resolution} has no endpoints to look up instead",
                    "Name single hosts, or give endpoints.",
                )
    elif resolution == RESOLUTION.DNS_ROUND_ROBIN.value and len(entry.endpoints) > 1:
        report.refuse(
            "V4030",
            "spec.endpoints",
            f"endpoints are given ({len(entry.endpoints)}), but {resolution} looks up one",
            "Keep one, or set resolution DNS.",
        )
    declared = _port_names(entry) if entry.endpoints else frozenset()
    for index, endpoint in enumerate(entry.endpoints):
        _check_looked_up(endpoint, f"spec.endpoints[{index}]", declared, report)
    if entry.addresses and len(entry.hosts) > 1:
        for index, port in enumerate(entry.ports):
            if is_tcp(port.protocol):
                report.warn(
                    "V4036",
                    f"spec.ports[{index}].protocol",
                    f"the protocol is {port.protocol}, by which {len(entry.hosts)} hosts with one address are not told"
                    " apart",
                    "Keep one host, or leave addresses out.",
                )
                break


def _check_looked_up(endpoint: WorkloadEntry, path: str, declared: Set[str], report: Report) -> None:
    address = endpoint.address or ""
    if not is_ip(address) and fqdn_flaw(address) is not None:
        report.refuse(
            DNS.address,
            f"{path}.address",
            f"{address!r} is neither an IP address nor a full DNS name",
            "Give the name to look up, such as eu.example.com.",
        )
    check_ports_and_labels(endpoint, path, DNS, report, declared)


def _check_dynamic(entry: ServiceEntry, report: Report) -> None:
    if not entry.hosts:
        report.refuse("V4037", "spec.hosts", "the service has no hosts", 'Give one with a wildcard: "*.example.com".')
    for index, host in enumerate(entry.hosts):
        if not host.startswith("*"):
            report.refuse(
                "V4038",
                f"spec.hosts[{index}]",
                f"{host!r} has no wildcard, and resolution DYNAMIC_DNS is for those that have",
                'Write "*." and a domain, or set resolution DNS.',
            )
    for code, name, given in (("V4039", "addresses", entry.addresses), ("V4040", "endpoints", entry.endpoints)):
        if given:
            report.refuse(
                code,
                f"spec.{name}",
                f"{name} are given ({len(given)}), but resolution DYNAMIC_DNS looks up the host that each request names",
                f"Leave {name} out, or set resolution DNS.",
            )
    for index, port in enumerate(entry.ports):
        if (port.protocol or "").lower() not in FORWARDED:
            report.refuse(
                "V4041",
                f"spec.ports[{index}].protocol",
                f"the protocol is {port.protocol or 'not set'}, in which no request names its host",
                "Allowed with resolution DYNAMIC_DNS: HTTP, HTTP2, GRPC, TLS.",
            )


def _check_waypoint(resource: Resource[ServiceEntry], report: Report) -> None:
    waypoint = resource.metadata.labels.get(WAYPOINT, "")
    if waypoint and waypoint.lower() != "none" and resource.spec.location is ServiceEntry.Location.MESH_INTERNAL:
        report.refuse(
            "V4043",
            "spec.location",
            f"location is MESH_INTERNAL, but label {WAYPOINT} is {waypoint!r}",
            "Set location MESH_EXTERNAL, or leave the label out.",
        )


def _port_names(entry: ServiceEntry) -> Set[str]:
    return {port.name or "" for port in entry.ports}
