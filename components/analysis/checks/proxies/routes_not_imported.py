"""A namespace's Sidecar leaves out a VirtualService of the namespace."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.hosts import fqdn, overlap
from components.analysis.snapshot import Snapshot
from components.api.networking.sidecar import Sidecar

CHECK = Check(
    code="M0705",
    title="a Sidecar leaves out routes of its own namespace",
    severity=Severity.INFO,
    reads=("Sidecar", "VirtualService"),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """VirtualServices for the mesh whose hosts the Sidecar of their namespace does not import: the namespace's own
    workloads do not follow them. Destinations of what is imported are imported, too. Source:
    IstioEgressListener.hosts in sidecar.proto; istio/istio#39837, #16885.
    """
    whole: dict[str, Declared[Sidecar]] = {}
    for sidecar in snapshot.sidecars:
        if sidecar.spec.workload_selector is None or not sidecar.spec.workload_selector.labels:
            whole.setdefault(sidecar.namespace, sidecar)
    for service in snapshot.virtual_services:
        effective = whole.get(service.namespace)
        if effective is None or not effective.spec.egress or not service.spec.hosts:
            continue
        if service.spec.gateways and MESH not in service.spec.gateways:
            continue
        hosts = {fqdn(host, service.namespace) for host in service.spec.hosts}
        imported = set(_imported(effective.spec, service.namespace))
        if any(overlap(name, host) for name in imported for host in hosts):
            continue
        yield CHECK.found(
            service,
            "spec.hosts",
            f"Sidecar {effective} imports none of {', '.join(sorted(hosts))}, so that the workloads of namespace"
            f" {service.namespace} do not follow these routes",
            f"Add ./{sorted(hosts)[0]} or ./* to the Sidecar's egress hosts if they are to.",
        )


def _imported(sidecar: Sidecar, namespace: str) -> Iterator[str]:
    """The names that egress listeners import from a Sidecar's own namespace."""
    for listener in sidecar.egress:
        for host in listener.hosts:
            scope, _, name = host.partition("/")
            if scope in (".", "*", namespace) and name:
                yield name
