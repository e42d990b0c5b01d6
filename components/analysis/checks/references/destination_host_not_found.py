"""A route or a mirror sends to a host that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Verdict
from components.analysis.hosts import namespace_of
from components.analysis.snapshot import Snapshot, destinations_of

CHECK = Check(
    code="M0102",
    title="a destination's host does not exist",
    severity=Severity.ERROR,
    reads=("VirtualService",),
    istio="IST0101",
    kiali="KIA1101",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Hosts that are no Service's and no ServiceEntry's. Names that mean a Service but are not taken for it, and hosts
    that are hidden, have checks of their own. Source: Destination.host in virtual_service.proto.
    """
    for service in snapshot.virtual_services:
        for path, destination in destinations_of(service.spec):
            if not destination.host:
                continue
            found = snapshot.host_lookup.find(destination.host, service.namespace, service.spec.export_to)
            if found.verdict is not Verdict.UNKNOWN:
                continue
            namespace = namespace_of(found.name)
            what = "mirror" if ".mirror" in path else "destination"
            message = f"the {what} host {destination.host!r} does not exist: no Service and no ServiceEntry has it"
            if namespace is not None:
                certain = snapshot.knows_services_of(namespace, service)
                remedy = (
                    f"Name a Service of namespace {namespace}, or one of another as name.namespace.svc.cluster.local."
                )
                doubt = f"Services of namespace {namespace} may be kept elsewhere"
            else:
                certain = snapshot.knows_entry_hosts(service)
                remedy = "Add a ServiceEntry for the host, or correct its name."
                doubt = "a ServiceEntry for it may be kept elsewhere"
            if certain:
                yield CHECK.found(service, f"{path}.host", message, remedy)
            else:
                message = (
                    f"the {what} host {destination.host!r} is not among these documents; {doubt}, so this could not be"
                    " told for sure"
                )
                yield CHECK.doubted(service, f"{path}.host", message, remedy)
