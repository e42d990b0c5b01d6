"""A route of the Gateway API sends to a Service, or a port of one, that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateway_routes import backends_of, is_service, routes
from components.analysis.hosts import CLUSTER_SUFFIX
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0931",
    title="a route sends to no Service",
    severity=Severity.ERROR,
    reads=(
        "HTTPRoute",
        "GRPCRoute",
        "TLSRoute",
    ),
    kiali="KIA1402",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Backends that are no Service among the documents, or no port of it (KIA1402; at run time IST0171)."""
    for route in routes(snapshot):
        for path, ref, namespace in backends_of(route):
            if not is_service(ref.group, ref.kind) or not ref.name:
                continue
            hosts = [
                each
                for each in snapshot.hosts.named(f"{ref.name}.{namespace}{CLUSTER_SUFFIX}")
                if each.is_service and each.namespace == namespace
            ]
            if not hosts:
                sure = snapshot.knows_services_of(namespace, near=route)
                doubt = (
                    ""
                    if sure
                    else (
                        f"; but nothing of namespace {namespace} is among these documents, so this could not be told for sure"
                    )
                )
                yield CHECK.found(
                    route,
                    f"{path}.name",
                    f"Service {namespace}/{ref.name} is not there, and requests that are to go to it are answered"
                    f" 500{doubt}",
                    "Name a Service that is there, with its namespace when it is another one.",
                    severity=None if sure else Severity.INFO,
                )
            elif ref.port and hosts[0].port(ref.port) is None:
                ports = ", ".join(str(each.number) for each in hosts[0].ports) or "none"
                yield CHECK.found(
                    route,
                    f"{path}.port",
                    f"Service {namespace}/{ref.name} has no port {ref.port}: it has {ports}",
                    "Give a port of the Service, not of its pods.",
                )
