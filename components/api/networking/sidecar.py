# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/sidecar.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.message import Message
from components.api.networking.destination_rule import ConnectionPoolSettings
from components.api.networking.gateway import ServerTLSSettings
from components.api.networking.virtual_service import Destination

__all__ = [
    "CaptureMode",
    "IstioEgressListener",
    "IstioIngressListener",
    "OutboundTrafficPolicy",
    "Sidecar",
    "SidecarPort",
    "WorkloadSelector",
]


class CaptureMode(Enum):
    """Capture mode."""

    DEFAULT = "DEFAULT"
    IPTABLES = "IPTABLES"
    NONE = "NONE"


class Sidecar(Message, frozen=True, kw_only=True):
    """What the proxies of some workloads listen to and know of."""

    workload_selector: WorkloadSelector | None = None
    """Workloads it is for. Not set: all of the namespace; one such per namespace."""
    ingress: tuple[IstioIngressListener, ...] = ()
    """Ports of the workload, when they should not be found out."""
    egress: tuple[IstioEgressListener, ...] = ()
    """What the workload may reach; services not listed are not known to its proxy."""
    inbound_connection_pool: ConnectionPoolSettings | None = None
    """Limits on what comes in."""
    outbound_traffic_policy: OutboundTrafficPolicy | None = None
    """What happens to requests to hosts that are not known."""


class IstioIngressListener(Message, frozen=True, kw_only=True):
    """Istio ingress listener."""

    port: SidecarPort | None = None
    """Port: SidecarPort. Required."""
    bind: str | None = None
    """Bind: text."""
    capture_mode: CaptureMode | None = None
    """Capture mode: CaptureMode."""
    default_endpoint: str | None = None
    """Default endpoint: text."""
    tls: ServerTLSSettings | None = None
    """TLS: ServerTLSSettings."""
    connection_pool: ConnectionPoolSettings | None = None
    """Connection pool: ConnectionPoolSettings."""


class IstioEgressListener(Message, frozen=True, kw_only=True):
    """Hosts that the workload may reach."""

    port: SidecarPort | None = None
    """Port that it holds for. Not set: all."""
    bind: str | None = None
    """Bind: text."""
    capture_mode: CaptureMode | None = None
    """Capture mode: CaptureMode."""
    hosts: tuple[str, ...] = ()
    """Hosts as namespace/name; * stands for all, `.` for the own namespace, ~ for none. Required."""


class WorkloadSelector(Message, frozen=True, kw_only=True):
    """Workload selector."""

    labels: Mapping[str, str] = {}
    """Labels: text by name. At most 256 entries."""


class OutboundTrafficPolicy(Message, frozen=True, kw_only=True):
    """Outbound traffic policy."""

    class Mode(Enum):
        """Mode of OutboundTrafficPolicy."""

        REGISTRY_ONLY = "REGISTRY_ONLY"
        ALLOW_ANY = "ALLOW_ANY"

    mode: OutboundTrafficPolicy.Mode | None = None
    """Mode: Mode."""
    egress_proxy: Destination | None = None
    """Egress proxy: Destination."""


class SidecarPort(Message, frozen=True, kw_only=True):
    """Sidecar port."""

    number: int | None = None
    """Number: a whole number."""
    protocol: str | None = None
    """Protocol: text."""
    name: str | None = None
    """Name: text."""
    target_port: int | None = None
    """Target port: a whole number. Deprecated."""
