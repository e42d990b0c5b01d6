"""A gateway routes by claims of a JWT that nothing validates there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.snapshot import Snapshot
from components.api.networking.gateway import Gateway
from components.api.networking.virtual_service import VirtualService

CHECK = Check(
    code="M0233",
    title="a route by claims has no RequestAuthentication",
    severity=Severity.ERROR,
    reads=("VirtualService",),
    istio="IST0149",
)

CLAIMS = "@request.auth.claims"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Header conditions of the form @request.auth.claims.NAME on gateways. Source: istio.io, JWT claim based routing:
    a RequestAuthentication must be on the gateway's pods, in their namespace or in the root namespace.
    """
    selectors: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for each in snapshot.request_authentications:
        selector = each.spec.selector
        selectors[each.namespace].append(selector.match_labels if selector is not None else {})
    for service in snapshot.virtual_services:
        field, key = _claim(service.spec)
        if not field:
            continue
        for reference in service.spec.gateways:
            gateway = snapshot.gateway_index.named(reference, service.namespace)
            if reference == MESH or gateway is None or not isinstance(gateway.spec, Gateway):
                continue
            for workload in snapshot.gateway_index.workloads(gateway):
                found = [*selectors.get(snapshot.root_namespace, ()), *selectors.get(workload.namespace, ())]
                if any(each.items() <= workload.labels.items() for each in found):
                    continue
                certain = workload.owner.source is not None or bool(snapshot.request_authentications)
                message = f"the route looks at the claim {key!r}, and no RequestAuthentication is on {workload} of"
                message += f" Gateway {gateway}"
                remedy = "Add a RequestAuthentication that selects the gateway's pods, in their namespace."
                if not certain:
                    message += (
                        f", but nothing of namespace {workload.namespace} is among these documents, so this could not"
                        " be told for sure"
                    )
                yield CHECK.found(service, field, message, remedy, severity=None if certain else Severity.INFO)


def _claim(service: VirtualService) -> tuple[str, str]:
    """Path and name of the first header condition that is about a claim."""
    for index, rule in enumerate(service.http):
        for number, match in enumerate(rule.match):
            for words, headers in (("headers", match.headers), ("withoutHeaders", match.without_headers)):
                for key in headers:
                    if _is_claim(key):
                        return f'spec.http[{index}].match[{number}].{words}["{key}"]', key
    return "", ""


def _is_claim(header: str) -> bool:
    if not header.lower().startswith(CLAIMS):
        return False
    rest = header[len(CLAIMS) :]
    return (rest.startswith(".") and len(rest) > 1) or (rest[:1] == "[" and rest[-1:] == "]" and len(rest) > 2)
