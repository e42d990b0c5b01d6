"""What istiod refuses or warns of in a virtual service.

May live here: the rules of hosts and gateways, and the order in which the parts are looked at. May not live here: the rules
of routes, which have modules of their own.

V1000 and the number in Istio's list of rules make the code. Those on a null in a list (V1015, V1028, V1065, V1089, V1099,
V1108) are not there: decoding reads null as an empty message, which has rules of its own. Nor is V1113: exportTo has codes
of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from components.api.networking.virtual_service import VirtualService
from components.api.resource import Resource
from components.api.validation import (
    cors,
    destinations,
    faults,
    gateway_names,
    header_operations,
    http_answers,
    http_matches,
    http_routes,
    l4_routes,
    mirrors,
    retries,
    unreachable_routes,
)
from components.api.validation.exports import check_exports
from components.api.validation.formats import is_ip, wildcard_domain_flaw
from components.api.validation.host_names import gateway_host_flaw, overlap
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V1001": "a delegate, which has no hosts, has gateways",
    "V1002": "a delegate, which has no hosts, has TLS routes",
    "V1003": "a delegate, which has no hosts, has TCP routes",
    "V1011": "a host is neither a domain name nor an IP address",
    "V1012": 'the host "*" is given for sidecars',
    "V1013": "two hosts are the same, or one covers the other",
    "V1014": "there are no routes",
    **gateway_names.CODES,
    **http_matches.CODES,
    **http_routes.CODES,
    **header_operations.CODES,
    **cors.CODES,
    **faults.CODES,
    **mirrors.CODES,
    **http_answers.CODES,
    **retries.CODES,
    **destinations.CODES,
    **l4_routes.CODES,
    **unreachable_routes.CODES,
}

# istiod marks so what it makes of routes of the Gateway API; their names and destinations are its own.
SEMANTICS = "internal.istio.io/route-semantics"


def check(resource: Resource[object], report: Report) -> None:
    """A whole virtual service."""
    spec = resource.spec
    assert isinstance(spec, VirtualService)
    converted = resource.metadata.annotations.get(SEMANTICS) == "gateway"
    at_gateway = bool(spec.gateways) and "mesh" not in spec.gateways
    if not spec.hosts:
        _check_delegate(spec, report)
    if spec.gateways:
        gateway_names.check_gateway_names(spec.gateways, "spec.gateways", report, any_name=converted)
    if not at_gateway:
        _check_claims(spec, report)
    _check_hosts(spec, report, at_gateway=at_gateway)
    if not (spec.http or spec.tls or spec.tcp):
        report.refuse("V1014", "spec", "no routes", "Give http, tls or tcp.")
    for index, http in enumerate(spec.http):
        path = f"spec.http[{index}]"
        http_routes.check_http_route(http, path, report, in_delegate=not spec.hosts, any_destination=converted)
    # Without gateways of its own, the SNI hosts of a virtual service are looked at as if it had some.
    sni_at_gateway = "mesh" not in spec.gateways
    for index, tls in enumerate(spec.tls):
        path = f"spec.tls[{index}]"
        l4_routes.check_tls_route(tls, spec.hosts, path, report, at_gateway=sni_at_gateway, any_destination=converted)
    for index, tcp in enumerate(spec.tcp):
        l4_routes.check_tcp_route(tcp, f"spec.tcp[{index}]", report, any_destination=converted)
    check_exports(spec.export_to, resource.metadata.namespace, "spec.exportTo", report)
    unreachable_routes.check_reachable(spec.http, "spec.http", report)
    unreachable_routes.check_reachable(spec.tcp, "spec.tcp", report)
    unreachable_routes.check_reachable(spec.tls, "spec.tls", report)


def _check_delegate(spec: VirtualService, report: Report) -> None:
    for code, name, value in (
        ("V1001", "gateways", spec.gateways),
        ("V1002", "tls", spec.tls),
        ("V1003", "tcp", spec.tcp),
    ):
        if value:
            message = f"{name} is given, but no hosts, so this is a delegate"
            report.refuse(
                code, f"spec.{name}", message, "Give hosts, or leave it out; a delegate has HTTP routes only."
            )


def _check_claims(spec: VirtualService, report: Report) -> None:
    for index, route in enumerate(spec.http):
        for at, match in enumerate(route.match):
            if match.headers or match.without_headers:
                http_matches.check_claims(match, f"spec.http[{index}].match[{at}]", report)


def _check_hosts(spec: VirtualService, report: Report, *, at_gateway: bool) -> None:
    with_sni = at_gateway and any(match.sni_hosts for route in spec.tls for match in route.match)
    all_good = True
    for index, host in enumerate(spec.hosts):
        flaw = gateway_host_flaw(host) if with_sni else wildcard_domain_flaw(host)
        if flaw is not None and not is_ip(host):
            report.refuse("V1011", f"spec.hosts[{index}]", *flaw)
            all_good = False
        elif flaw is None and host == "*" and not at_gateway:
            message = "'*' would take the place of every service in the mesh"
            report.refuse("V1012", f"spec.hosts[{index}]", message, 'Give gateways without "mesh", or hosts.')
            all_good = False
    if all_good and len(spec.hosts) > 1:
        _check_overlaps(spec.hosts, report)


def _check_overlaps(hosts: Sequence[str], report: Report) -> None:
    if len(set(hosts)) == len(hosts) and not any(host.startswith("*") for host in hosts):
        return
    for (_, first), (index, second) in combinations(enumerate(hosts), 2):
        if overlap(first, second):
            message = f"{second!r} and {first!r} stand for the same hosts"
            report.refuse("V1013", f"spec.hosts[{index}]", message, "Give each host once; leave out what is covered.")
