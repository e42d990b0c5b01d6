"""Ports of Services of which Istio can not tell the protocol."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.declared import Declared
from components.analysis.injection import is_control_plane
from components.analysis.snapshot import Snapshot
from components.api.kubernetes.service import ServicePort, ServiceSpec

__all__ = ["ports_without_protocol", "protocol_is_told"]

KNOWN = frozenset(
    ["tcp", "udp", "grpc", "grpc-web", "http", "http_proxy", "http2", "https", "tls", "mongo", "redis", "mysql"]
)
OF_KUBERNETES = frozenset({"kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"})
TAKEN_AS_TCP = frozenset({25, 53, 3306, 27017})
"""Where the server speaks first, so that Istio does not look at what is sent."""
MANAGED = "gateway.istio.io/managed"
CONTROLLERS = frozenset({"istio.io-gateway-controller", "istio.io-mesh-controller", "istio.io-eastwest-controller"})


def ports_without_protocol(snapshot: Snapshot) -> Iterator[tuple[Declared[ServiceSpec], int, ServicePort]]:
    """Ports that name no protocol, and those of ExternalName Services that are named tcp."""
    for service in snapshot.of("Service", ServiceSpec):
        if is_control_plane(service) or service.labels.get(MANAGED) in CONTROLLERS:
            continue
        for index, port in enumerate(service.spec.ports):
            catches_all = port.name == "tcp" and service.spec.type == "ExternalName"
            if catches_all or not protocol_is_told(port):
                yield service, index, port


def protocol_is_told(port: ServicePort) -> bool:
    """Whether appProtocol, or else the name, tells the protocol, or the number does. Source: istio.io, Protocol
    Selection.
    """
    if port.protocol == "UDP" or port.port in TAKEN_AS_TCP or port.app_protocol in OF_KUBERNETES:
        return True
    name = (port.app_protocol if port.app_protocol is not None else port.name or "").lower()
    return name.startswith("grpc-web") or name.partition("-")[0] in KNOWN
