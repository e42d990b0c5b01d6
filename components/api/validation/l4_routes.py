"""TLS and TCP routes of a virtual service.

May live here: the rules of one TLSRoute or TCPRoute. May not live here: rules between routes.
"""

from __future__ import annotations

from collections.abc import Sequence

from components.api.networking.virtual_service import L4MatchAttributes, TCPRoute, TLSMatchAttributes, TLSRoute
from components.api.validation.destinations import check_l4_destinations
from components.api.validation.formats import ip_or_cidr_flaw, is_ip, labels_flaw, port_flaw, wildcard_domain_flaw
from components.api.validation.gateway_names import check_gateway_names
from components.api.validation.host_names import covers, gateway_host_flaw
from components.api.validation.violation import Report

__all__ = ["CODES", "check_tcp_route", "check_tls_route"]

CODES = {
    "V1098": "a TLS route has no condition",
    "V1100": "a condition of a TLS route has no sniHosts",
    "V1101": "an entry of sniHosts is no domain name",
    "V1102": "an entry of sniHosts is an IP address",
    "V1103": "an entry of sniHosts is not covered by the hosts of the virtual service",
    "V1104": "an entry of a TLS condition's destinationSubnets is none",
    "V1105": "port, sourceLabels or gateways of a TLS condition is out of form",
    "V1106": "a TLS route has no destination",
    "V1107": "a destination or weight of a TLS route is out of form",
    "V1109": "an entry of a TCP condition's destinationSubnets is none",
    "V1110": "port, sourceLabels or gateways of a TCP condition is out of form",
    "V1111": "a TCP route has no destination",
    "V1112": "a destination or weight of a TCP route is out of form",
}


def check_tls_route(
    route: TLSRoute, hosts: Sequence[str], path: str, report: Report, *, at_gateway: bool, any_destination: bool
) -> None:
    """`hosts` are those of the virtual service. `at_gateway`: it is for gateways only, whose SNI hosts may have the form that
    istiod gives the names of clusters (outbound_.80_._.host).
    """
    if not route.match:
        report.refuse("V1098", f"{path}.match", "no condition", "Give one with sniHosts.")
    for index, match in enumerate(route.match):
        where = f"{path}.match[{index}]"
        if not match.sni_hosts:
            report.refuse("V1100", f"{where}.sniHosts", "no sniHosts", "Give the names that clients ask for.")
        for at, sni_host in enumerate(match.sni_hosts):
            _check_sni_host(sni_host, hosts, f"{where}.sniHosts[{at}]", report, at_gateway=at_gateway)
        _check_match(match, where, report, subnets="V1104", rest="V1105")
    if not route.route:
        report.refuse("V1106", f"{path}.route", "no destination", "Give one with a host.")
    else:
        check_l4_destinations(route.route, f"{path}.route", report, any_destination=any_destination, code="V1107")


def check_tcp_route(route: TCPRoute, path: str, report: Report, *, any_destination: bool) -> None:
    """`path` is that of the route, such as spec.tcp[0]."""
    for index, match in enumerate(route.match):
        _check_match(match, f"{path}.match[{index}]", report, subnets="V1109", rest="V1110")
    if not route.route:
        report.refuse("V1111", f"{path}.route", "no destination", "Give one with a host.")
    else:
        check_l4_destinations(route.route, f"{path}.route", report, any_destination=any_destination, code="V1112")


def _check_sni_host(sni_host: str, hosts: Sequence[str], path: str, report: Report, *, at_gateway: bool) -> None:
    flaw = gateway_host_flaw(sni_host) if at_gateway else wildcard_domain_flaw(sni_host)
    if flaw is not None and is_ip(sni_host):
        message = f"{sni_host!r} is an IP address, which clients do not send as SNI"
        report.warn("V1102", path, message, "Give a host name.")
    elif flaw is not None:
        report.refuse("V1101", path, *flaw)
    elif not any(covers(host, sni_host) for host in hosts):
        message = f"{sni_host!r} is not among the hosts of the virtual service: {', '.join(hosts) or 'none'}"
        report.refuse("V1103", path, message, "Give one of its hosts, or one below its wildcards.")


def _check_match(
    match: TLSMatchAttributes | L4MatchAttributes, path: str, report: Report, *, subnets: str, rest: str
) -> None:
    for index, subnet in enumerate(match.destination_subnets):
        report.refuse_if(subnets, f"{path}.destinationSubnets[{index}]", ip_or_cidr_flaw(subnet))
    if match.port:
        report.refuse_if(rest, f"{path}.port", port_flaw(match.port))
    if match.source_labels:
        report.refuse_if(rest, f"{path}.sourceLabels", labels_flaw(match.source_labels))
    if match.gateways:
        check_gateway_names(match.gateways, f"{path}.gateways", report, code=rest)
