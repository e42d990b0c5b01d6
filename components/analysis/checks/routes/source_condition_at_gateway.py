"""A match asks for the client's labels or namespace where a gateway is the client."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0235",
    title="a condition on the client does not hold where it stands",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """sourceLabels and sourceNamespace of HTTP matches: beside gateways in the same match they are not looked at, and
    at a gateway they are compared with the gateway's own pod. Source: HTTPMatchRequest.sourceLabels; pilot,
    sourceMatchHTTP.
    """
    for service in snapshot.virtual_services:
        gateways = service.spec.gateways
        only_gateways = bool(gateways) and MESH not in gateways
        for index, rule in enumerate(service.spec.http):
            for number, match in enumerate(rule.match):
                given = [("sourceLabels", bool(match.source_labels)), ("sourceNamespace", bool(match.source_namespace))]
                for word, is_set in given:
                    if not is_set or not (match.gateways or only_gateways):
                        continue
                    why = (
                        "is not looked at: the match has gateways"
                        if match.gateways
                        else "is compared with the gateway's own pod: the VirtualService is for gateways only"
                    )
                    yield CHECK.found(
                        service,
                        f"spec.http[{index}].match[{number}].{word}",
                        f"{word} {why}",
                        "Put it into a match without gateways, of a VirtualService that is bound to mesh.",
                    )
