"""A ServiceEntry has a TCP port and no address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.mesh_config import MeshConfig
from components.analysis.snapshot import Snapshot
from components.api import Resource

CHECK = Check(
    code="M0120",
    title="a ServiceEntry has a TCP port and no address",
    severity=Severity.WARNING,
    reads=("ServiceEntry",),
    istio="IST0134",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """TCP ports by which a host can not be told from another. Source: ServiceEntry.addresses in service_entry.proto."""
    if _allocates(snapshot.mesh_config):
        return
    for entry in snapshot.service_entries:
        if entry.spec.addresses or _allocated(entry.document):
            continue
        for index, port in enumerate(entry.spec.ports):
            if (port.protocol or "TCP").upper() == "TCP":
                yield CHECK.found(
                    entry,
                    f"spec.ports[{index}]",
                    f"port {port.number} is TCP and the entry has no addresses: connections to"
                    f" {', '.join(entry.spec.hosts) or 'its hosts'} can be told from others by the port only",
                    "Give the entry addresses, a protocol that carries the host (HTTP, TLS ...), or let istiod allocate"
                    " addresses (ISTIO_META_DNS_CAPTURE and PILOT_ENABLE_IP_AUTOALLOCATE).",
                )


def _allocates(config: MeshConfig) -> bool:
    metadata = config.default_config.proxy_metadata
    return metadata.get("ISTIO_META_DNS_CAPTURE") == "true" and "true" in (
        metadata.get("ISTIO_META_DNS_AUTO_ALLOCATE"),
        metadata.get("PILOT_ENABLE_IP_AUTOALLOCATE"),
    )


def _allocated(document: object) -> bool:
    status = document.status if isinstance(document, Resource) else None
    return isinstance(status, Mapping) and bool(status.get("addresses"))
