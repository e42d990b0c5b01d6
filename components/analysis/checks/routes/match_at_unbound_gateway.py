"""A match is for a gateway that the VirtualService is not bound to."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH, full_reference
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import VirtualService

CHECK = Check(
    code="M0234",
    title="a match is for a gateway that the VirtualService is not bound to",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Gateways of matches that spec.gateways lacks: istiod gives a proxy only the VirtualServices bound to it, so such
    a match never holds. Source: HTTPMatchRequest.gateways; istio/istio#31916.
    """
    for service in snapshot.virtual_services:
        if not service.spec.hosts:
            continue
        bound = {_full(each, service.namespace) for each in service.spec.gateways or (MESH,)}
        for path, gateways in _matches(service.spec):
            for number, reference in enumerate(gateways):
                if _full(reference, service.namespace) not in bound:
                    yield CHECK.found(
                        service,
                        f"{path}.gateways[{number}]",
                        f"the match is for gateway {reference!r}, and the VirtualService is bound to"
                        f" {', '.join(service.spec.gateways) or 'mesh'} only",
                        "Add the gateway to spec.gateways as well, or take it out of the match.",
                    )


def _full(reference: str, namespace: str) -> tuple[str, str]:
    return ("", MESH) if reference == MESH else full_reference(reference, namespace)


def _matches(service: VirtualService) -> Iterator[tuple[str, tuple[str, ...]]]:
    for index, rule in enumerate(service.http):
        for number, match in enumerate(rule.match):
            yield f"spec.http[{index}].match[{number}]", match.gateways
    for index, tls in enumerate(service.tls):
        for number, sni in enumerate(tls.match):
            yield f"spec.tls[{index}].match[{number}]", sni.gateways
    for index, tcp in enumerate(service.tcp):
        for number, l4 in enumerate(tcp.match):
            yield f"spec.tcp[{index}].match[{number}]", l4.gateways
