# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/service_entry.proto as frozen typed values."""

from __future__ import annotations

from enum import Enum

from components.api.message import Message
from components.api.networking.sidecar import WorkloadSelector
from components.api.networking.workload_entry import WorkloadEntry

__all__ = ["ServiceEntry", "ServicePort"]


class ServiceEntry(Message, frozen=True, kw_only=True):
    """A service that Kubernetes does not know: outside the mesh, or on virtual machines."""

    class Location(Enum):
        """Location of ServiceEntry."""

        MESH_EXTERNAL = "MESH_EXTERNAL"
        MESH_INTERNAL = "MESH_INTERNAL"

    class Resolution(Enum):
        """Resolution of ServiceEntry."""

        NONE = "NONE"
        STATIC = "STATIC"
        DNS = "DNS"
        DNS_ROUND_ROBIN = "DNS_ROUND_ROBIN"
        DYNAMIC_DNS = "DYNAMIC_DNS"

    hosts: tuple[str, ...] = ()
    """DNS names; clients are told apart by Host header or SNI. Required. 1 to 256 items."""
    addresses: tuple[str, ...] = ()
    """Virtual addresses of the service, or ranges (CIDR). At most 256 items."""
    ports: tuple[ServicePort, ...] = ()
    """Ports of the service. At most 256 items."""
    location: ServiceEntry.Location | None = None
    """Whether it is part of the mesh; decides on mutual TLS. Not set: MESH_EXTERNAL."""
    resolution: ServiceEntry.Resolution | None = None
    """How its hosts are found: NONE as the client asked, STATIC from endpoints, DNS. Not set: NONE."""
    endpoints: tuple[WorkloadEntry, ...] = ()
    """Hosts behind the service, when they are not found by DNS. At most 4096 items."""
    workload_selector: WorkloadSelector | None = None
    """Pods and workload entries behind the service; excludes endpoints."""
    export_to: tuple[str, ...] = ()
    """Namespaces that see the service: names, `.` for the own, `*` for all."""
    subject_alt_names: tuple[str, ...] = ()
    """Names of which the server's certificate must have one."""


class ServicePort(Message, frozen=True, kw_only=True):
    """Service port."""

    number: int | None = None
    """Number: a whole number. Required. 1 to 65535."""
    protocol: str | None = None
    """Protocol: text. At most 256 characters."""
    name: str | None = None
    """Name: text. Required. At most 256 characters."""
    target_port: int | None = None
    """Target port: a whole number. 1 to 65535."""
