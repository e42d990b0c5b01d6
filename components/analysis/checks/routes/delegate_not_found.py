"""A rule delegates to a VirtualService that is not there, or that is no delegate."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import visible
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0237",
    title="a delegate does not exist",
    severity=Severity.ERROR,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Delegates by name and namespace; one that has hosts or is not exported is taken for none, and the rule is left
    out. Source: the notes of Delegate in virtual_service.proto; pilot, mergeVirtualServicesIfNeeded.
    """
    known = {(each.namespace, each.name): each for each in snapshot.virtual_services}
    with_delegates = {each.namespace for each in snapshot.virtual_services if not each.spec.hosts}
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            if rule.delegate is None:
                continue
            namespace, name = rule.delegate.namespace or service.namespace, rule.delegate.name or ""
            found = known.get((namespace, name))
            field = f"spec.http[{index}].delegate"
            if found is None:
                message = f"the VirtualService {namespace}/{name} to delegate to does not exist; the rule is left out"
                remedy = "Name a VirtualService without hosts, and its namespace when it is another."
                if snapshot.complete or namespace in with_delegates:
                    yield CHECK.found(service, field, message, remedy)
                else:
                    message = (
                        f"the VirtualService {namespace}/{name} to delegate to was not found, but no delegate of"
                        f" namespace {namespace} is among these documents, so this could not be told for sure"
                    )
                    yield CHECK.found(service, field, message, remedy, severity=Severity.INFO)
            elif found.spec.hosts:
                yield CHECK.found(
                    service,
                    field,
                    f"the VirtualService {found} has hosts ({', '.join(found.spec.hosts)}), so it is no delegate and the"
                    " rule is left out",
                    "Remove the hosts of that VirtualService, or move its rules here.",
                )
            elif not visible(found.spec.export_to, found.namespace, service.namespace):
                yield CHECK.found(
                    service,
                    field,
                    f"the VirtualService {found} is not exported to namespace {service.namespace}; the rule is left out",
                    f"Add {service.namespace!r} to exportTo of that VirtualService.",
                )
