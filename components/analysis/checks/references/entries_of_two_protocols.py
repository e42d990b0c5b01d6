"""Two ServiceEntries say different protocols for one port of a host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.service_entry import ServiceEntry

CHECK = Check(
    code="M0121",
    title="ServiceEntries give a host's port different protocols",
    severity=Severity.WARNING,
    reads=("ServiceEntry",),
    istio="IST0177",
    kiali="KIA1212",
)

EVERYWHERE = "*"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Entries seen together in some namespace; each is reported once."""
    index: dict[tuple[str, str, int], dict[tuple[str, str], tuple[Declared[ServiceEntry], str, str]]] = defaultdict(
        dict
    )
    for entry in snapshot.service_entries:
        for host in entry.spec.hosts:
            for number, port in enumerate(entry.spec.ports):
                said = (port.protocol or "").upper()
                for scope in scopes(entry):
                    place = index[scope, host, port.number or 0]
                    place[str(entry), said] = (entry, f"spec.ports[{number}]", said)
    reported: set[str] = set()
    for (scope, host, number), found in index.items():
        together = dict(found)
        if scope != EVERYWHERE:
            together |= index.get((EVERYWHERE, host, number), {})
        protocols = sorted({said for _, _, said in together.values()})
        if len(protocols) < 2:
            continue
        names = ", ".join(sorted({str(entry) for entry, _, _ in together.values()}))
        for entry, field, said in together.values():
            if str(entry) not in reported:
                reported.add(str(entry))
                yield CHECK.found(
                    entry,
                    field,
                    f"port {number} of {host!r} is {said or 'of no protocol'} here, and the ServiceEntries {names} say"
                    f" {', '.join(each or 'none' for each in protocols)}; which one holds is not defined",
                    "Give the port one protocol, or put the host into one ServiceEntry.",
                )


def scopes(entry: Declared[ServiceEntry]) -> frozenset[str]:
    """The namespaces that see an entry; "*" alone for all."""
    export_to = entry.spec.export_to
    if not export_to or EVERYWHERE in export_to:
        return frozenset({EVERYWHERE})
    return frozenset(entry.namespace if each == "." else each for each in export_to)
