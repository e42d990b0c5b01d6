"""Two VirtualServices route the same host for the sidecars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH
from components.analysis.hosts import fqdn, overlap
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import VirtualService

CHECK = Check(
    code="M0230",
    title="two VirtualServices route the same host in the mesh",
    severity=Severity.ERROR,
    reads=("VirtualService",),
    istio="IST0109",
    kiali="KIA1106",
)

Place = tuple[Declared[VirtualService], str]
EVERYWHERE = "*"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Equal hosts, seen in a common namespace; and a wildcard that all see beside a host that one namespace sees. Each
    VirtualService is reported once. Source: VirtualService.hosts; istio.io, Traffic management best practices.
    """
    index: dict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    for service in snapshot.virtual_services:
        if service.spec.gateways and MESH not in service.spec.gateways:
            continue
        for number, host in enumerate(service.spec.hosts):
            for scope in _scopes(service):
                index[scope, fqdn(host, service.namespace)].setdefault(str(service), (service, f"spec.hosts[{number}]"))
    everywhere = [host for scope, host in index if scope == EVERYWHERE]
    wildcards = [host for host in everywhere if host.startswith("*")]
    reported: set[str] = set()
    for (scope, host), found in list(index.items()):
        together = dict(found)
        if scope != EVERYWHERE:
            candidates = everywhere if host.startswith("*") else [*wildcards, host]
            for other in candidates:
                if overlap(host, other):
                    together = {**index.get((EVERYWHERE, other), {}), **together}
        if len(together) < 2:
            continue
        for name, (service, field) in together.items():
            if name not in reported:
                reported.add(name)
                others = ", ".join(sorted(each for each in together if each != name))
                yield CHECK.found(
                    service,
                    field,
                    f"the host {host} is routed for the mesh by VirtualService {others} as well; which one holds is not"
                    " defined",
                    "Merge the VirtualServices, or export each to other namespaces.",
                )


def _scopes(service: Declared[VirtualService]) -> frozenset[str]:
    export_to = service.spec.export_to
    if not export_to or EVERYWHERE in export_to:
        return frozenset({EVERYWHERE})
    return frozenset(service.namespace if each == "." else each for each in export_to)
