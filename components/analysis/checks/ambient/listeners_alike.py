"""Two listeners of a Gateway have the same port, protocol and host, or the same name."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.gateway_api.gateway import GatewaySpec

CHECK = Check(
    code="M0933",
    title="two listeners of a Gateway are not told apart",
    severity=Severity.ERROR,
    reads=("Gateway",),
    kiali="KIA1503",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Listeners of equal name, or equal port, protocol and hostname: the CRD's rules refuse both (KIA1503)."""
    for gateway in snapshot.of("Gateway", GatewaySpec):
        names: dict[str, int] = {}
        asked: dict[tuple[int, str, str], int] = {}
        for index, each in enumerate(gateway.spec.listeners):
            key = (each.port or 0, str(each.protocol), each.hostname or "")
            if asked.setdefault(key, index) != index:
                host = each.hostname or "all hosts"
                yield CHECK.found(
                    gateway,
                    f"spec.listeners[{index}]",
                    f"listener {asked[key]} has port {each.port}, protocol {each.protocol} and {host} already, and the API"
                    " server refuses two alike",
                    "Give it another port or hostname, or leave it out.",
                )
            elif names.setdefault(each.name or "", index) != index:
                yield CHECK.found(
                    gateway,
                    f"spec.listeners[{index}].name",
                    f"listener {names[each.name or '']} is named {each.name} already",
                    "Give each listener a name of its own.",
                )
