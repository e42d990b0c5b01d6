"""Two ServiceEntries have the same port of the same host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.checks.references.entries_of_two_protocols import EVERYWHERE, scopes
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.service_entry import ServiceEntry

CHECK = Check(
    code="M0122",
    title="two ServiceEntries have the same port of a host",
    severity=Severity.WARNING,
    reads=("ServiceEntry",),
    kiali="KIA1211",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Entries of one protocol, seen together. Those of different protocols are M0121's."""
    index: dict[tuple[str, str, int], dict[str, tuple[Declared[ServiceEntry], str, str]]] = defaultdict(dict)
    for entry in snapshot.service_entries:
        for position, host in enumerate(entry.spec.hosts):
            for port in entry.spec.ports:
                said = (port.protocol or "").upper()
                for scope in scopes(entry):
                    index[scope, host, port.number or 0].setdefault(
                        str(entry), (entry, f"spec.hosts[{position}]", said)
                    )
    reported: set[str] = set()
    for (scope, host, number), found in index.items():
        together = dict(found)
        if scope != EVERYWHERE:
            together |= index.get((EVERYWHERE, host, number), {})
        if len(together) < 2 or len({said for _, _, said in together.values()}) > 1:
            continue
        for name, (entry, field, _) in together.items():
            others = ", ".join(sorted(each for each in together if each != name))
            if name not in reported:
                reported.add(name)
                yield CHECK.found(
                    entry,
                    field,
                    f"port {number} of {host!r} is in ServiceEntry {others} as well; which one holds is not defined",
                    "Put the host into one ServiceEntry, or export each to other namespaces.",
                )
