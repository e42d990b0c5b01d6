"""A route sends to a Service of another namespace, and no ReferenceGrant there allows it."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateway_routes import GATEWAY_API, backends_of, is_gateway, is_service, routes
from components.analysis.snapshot import Snapshot
from components.api.gateway_api.reference_grant import ReferenceGrantSpec

CHECK = Check(
    code="M0932",
    title="a backend in another namespace is not granted",
    severity=Severity.ERROR,
    reads=(
        "HTTPRoute",
        "GRPCRoute",
        "TLSRoute",
    ),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Backends of routes at Gateways, in other namespaces, that no ReferenceGrant of theirs is for."""
    grants = snapshot.of("ReferenceGrant", ReferenceGrantSpec)
    granted = {
        (each.namespace, one.kind, one.namespace, to.name or "")
        for each in grants
        for one in each.spec.from_
        for to in each.spec.to
        if one.group == GATEWAY_API and not to.group and to.kind == "Service"
    }
    for route in routes(snapshot):
        if not any(is_gateway(ref.group, ref.kind) for ref in route.spec.parent_refs):
            continue
        for path, ref, namespace in backends_of(route):
            if namespace == route.namespace or not is_service(ref.group, ref.kind):
                continue
            if any((namespace, route.kind, route.namespace, name) in granted for name in ("", ref.name or "")):
                continue
            sure = any(each.namespace == namespace for each in grants) or snapshot.knows_services_of(
                namespace, near=route
            )
            doubt = (
                ""
                if sure
                else (
                    f"; but nothing of namespace {namespace} is among these documents, so this could not be told for sure"
                )
            )
            yield CHECK.found(
                route,
                f"{path}.namespace",
                f"no ReferenceGrant of namespace {namespace} lets a {route.kind} of namespace {route.namespace} send to"
                f" Service {ref.name}, so requests that are to go to it are answered 500{doubt}",
                f"Put a ReferenceGrant into namespace {namespace}, from {route.kind} of namespace {route.namespace} to"
                " Service.",
                severity=None if sure else Severity.INFO,
            )
