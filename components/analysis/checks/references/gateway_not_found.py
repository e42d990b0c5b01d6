"""A VirtualService names a Gateway that is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH, full_reference, is_internal
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0101",
    title="a Gateway that is named does not exist",
    severity=Severity.ERROR,
    reads=("VirtualService",),
    istio="IST0101",
    kiali="KIA1102",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Names in spec.gateways, as "name" or "namespace/name". Source: VirtualService.gateways."""
    namespaces: dict[str, list[str]] = defaultdict(list)
    for gateway in snapshot.gateways:
        namespaces[gateway.name].append(gateway.namespace)
    for service in snapshot.virtual_services:
        for index, reference in enumerate(service.spec.gateways):
            if reference == MESH or is_internal(reference):
                continue
            if snapshot.gateway_index.named(reference, service.namespace) is not None:
                continue
            namespace, name = full_reference(reference, service.namespace)
            message = f"the Gateway {reference!r} does not exist in namespace {namespace}"
            remedy = "Name a Gateway that exists; one of another namespace is written namespace/name."
            near = sorted(namespaces.get(name, ()))
            if near:
                remedy = f"Write {near[0]}/{name}: a Gateway of that name is in namespace {near[0]}."
            if snapshot.knows_gateways_of(namespace, service) or near:
                yield CHECK.found(service, f"spec.gateways[{index}]", message, remedy)
            else:
                message = (
                    f"the Gateway {reference!r} was not found, but nothing of namespace {namespace} is among these"
                    " documents, so this could not be told for sure"
                )
                yield CHECK.doubted(service, f"spec.gateways[{index}]", message, remedy)
