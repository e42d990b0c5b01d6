"""Something is exported to a namespace that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0111",
    title="exportTo names a namespace that does not exist",
    severity=Severity.WARNING,
    reads=("VirtualService", "DestinationRule", "ServiceEntry"),
    kiali="KIA0005",
)

WORDS = frozenset({"*", ".", "~"})


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Entries of exportTo that no Namespace and no object among the documents is of. Namespaces may be made elsewhere,
    so that only a set that is complete tells.
    """
    known = {each.namespace for each in snapshot.objects} | set(snapshot.namespaces)
    for subject, entries in _entries(snapshot):
        for index, name in enumerate(entries):
            if name in WORDS or name in known or not name:
                continue
            field, remedy = f"spec.exportTo[{index}]", "Name a namespace that exists, '.' for the own, or '*' for all."
            if snapshot.complete:
                yield CHECK.found(subject, field, f"there is no namespace {name!r}", remedy)
            else:
                message = (
                    f"the namespace {name!r} was not found, but nothing of namespace {name} is among these documents, so"
                    " this could not be told for sure"
                )
                yield CHECK.found(subject, field, message, remedy, severity=Severity.INFO)


def _entries(snapshot: Snapshot) -> Iterator[tuple[Declared[object], tuple[str, ...]]]:
    for service in snapshot.virtual_services:
        yield service, service.spec.export_to
    for rule in snapshot.destination_rules:
        yield rule, rule.spec.export_to
    for entry in snapshot.service_entries:
        yield entry, entry.spec.export_to
