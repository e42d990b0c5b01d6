"""A port of a Gateway or a ServiceEntry has a name that does not begin with a protocol."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import PROTOCOLS
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0511",
    title="a port's name says no protocol, or another one",
    severity=Severity.INFO,
    reads=("Gateway", "ServiceEntry"),
    kiali="KIA0601",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Names of ports of Gateways and ServiceEntries. There the protocol field decides; the name is for who reads it.
    Source: istio.io, Protocol Selection.
    """
    for gateway in snapshot.gateways:
        for index, server in enumerate(gateway.spec.servers):
            if server.port is not None:
                path = f"spec.servers[{index}].port.name"
                yield from (
                    CHECK.found(gateway, path, *words) for words in _words(server.port.name, server.port.protocol)
                )
    for entry in snapshot.service_entries:
        for index, port in enumerate(entry.spec.ports):
            path = f"spec.ports[{index}].name"
            yield from (CHECK.found(entry, path, *words) for words in _words(port.name, port.protocol))


def _words(name: str | None, protocol: str | None) -> Iterator[tuple[str, str]]:
    if not name:
        return
    start = "grpc-web" if name.lower().startswith("grpc-web") else name.lower().partition("-")[0]
    said = (protocol or "").lower()
    remedy = f"Name it {said or 'http'} or {said or 'http'}-SUFFIX."
    if start not in PROTOCOLS:
        yield f"the port name {name!r} does not begin with a protocol", remedy
    elif said and start != said and PROTOCOLS[start] != PROTOCOLS.get(said) and {start, said} != {"tls", "https"}:
        if {start, said} <= {"http", "http2", "grpc"}:
            return
        yield f"the port name {name!r} says {start}, and the protocol is {protocol}, which holds", remedy
