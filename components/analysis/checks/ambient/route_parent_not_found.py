"""A route of the Gateway API is attached to a Gateway or listener that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateway_routes import is_gateway, routes
from components.analysis.snapshot import Snapshot
from components.api.gateway_api.gateway import GatewaySpec

CHECK = Check(
    code="M0930",
    title="a route is attached to no Gateway",
    severity=Severity.ERROR,
    reads=(
        "HTTPRoute",
        "GRPCRoute",
        "TLSRoute",
    ),
    kiali="KIA1401",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Parents that are no Gateway among the documents, or no listener of one (KIA1401; at run time IST0171)."""
    gateways = {(each.namespace, each.name): each.spec for each in snapshot.of("Gateway", GatewaySpec)}
    known = {namespace for namespace, _ in gateways}
    for route in routes(snapshot):
        for index, ref in enumerate(route.spec.parent_refs):
            if not is_gateway(ref.group, ref.kind):
                continue
            namespace = ref.namespace or route.namespace
            spec = gateways.get((namespace, ref.name or ""))
            path = f"spec.parentRefs[{index}]"
            if spec is None:
                sure = namespace in known or (snapshot.complete and namespace in snapshot.namespaces)
                unknown = f"no Gateway of namespace {namespace} is among these documents"
                doubt = "" if sure else f"; but {unknown}, so this could not be told for sure"
                yield CHECK.found(
                    route,
                    f"{path}.name",
                    f"Gateway {namespace}/{ref.name} is not there, so the route holds nowhere by it{doubt}",
                    "Name a Gateway that is there, with its namespace when it is another one.",
                    severity=None if sure else Severity.INFO,
                )
                continue
            listeners = {each.name: each.port for each in spec.listeners}
            if ref.section_name and ref.section_name not in listeners:
                names = ", ".join(name or "" for name in listeners) or "none"
                yield CHECK.found(
                    route,
                    f"{path}.sectionName",
                    f"Gateway {namespace}/{ref.name} has no listener {ref.section_name}: it has {names}",
                    "Name one of its listeners, or leave sectionName out to be attached to all that take the route.",
                )
            elif ref.port and ref.port not in listeners.values():
                ports = ", ".join(str(port) for port in listeners.values()) or "none"
                yield CHECK.found(
                    route,
                    f"{path}.port",
                    f"Gateway {namespace}/{ref.name} has no listener on port {ref.port}: it has {ports}",
                    "Give the port of one of its listeners, or leave it out.",
                )
