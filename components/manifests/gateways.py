"""Where requests enter: one Gateway for each that a routed host belongs to."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.networking.gateway import Gateway, Port, Server, ServerTLSSettings
from components.manifests.names import INGRESS_LABELS, INGRESS_NAMESPACE
from components.model import Gateway as DeclaredGateway
from components.model import HTTPServer, HTTPSServer, RedirectToHTTPS, TCPServer, TLSPassthrough
from components.model import Server as DeclaredServer

Mode, Protocol = ServerTLSSettings.TLSmode, ServerTLSSettings.TLSProtocol


def gateway(declared: DeclaredGateway) -> Resource[Gateway]:
    # Beside the pods it selects: a Gateway elsewhere selects them only while istiod is not told to scope gateways.
    return Resource(
        metadata=ObjectMeta(name=declared.name, namespace=INGRESS_NAMESPACE),
        spec=Gateway(
            selector=dict(INGRESS_LABELS),
            servers=tuple(_server(server, place) for place, server in enumerate(declared.all_servers)),
        ),
    )


def _server(server: DeclaredServer, place: int) -> Server:
    protocol = _protocol(server)
    # Istio wants the names of one Gateway's ports apart.
    name = f"{protocol.lower()}-{place}" if place else protocol.lower()
    return Server(
        port=Port(number=server.port, name=name, protocol=protocol),
        # A connection names no host, and Istio wants one: any.
        hosts=("*",) if isinstance(server, TCPServer) else tuple(server.hosts),
        tls=_tls(server),
    )


def _protocol(server: DeclaredServer) -> str:
    if isinstance(server, HTTPSServer):
        return "HTTPS"
    if isinstance(server, TCPServer):
        return "TCP"
    return "TLS" if isinstance(server, TLSPassthrough) else "HTTP"


def _tls(server: DeclaredServer) -> ServerTLSSettings | None:
    if isinstance(server, (HTTPServer, TCPServer)):
        return None
    if isinstance(server, RedirectToHTTPS):
        return ServerTLSSettings(https_redirect=True)
    if isinstance(server, TLSPassthrough):
        return ServerTLSSettings(mode=Mode.PASSTHROUGH)
    return ServerTLSSettings(
        mode=Mode(server.client_certificate.value) if server.client_certificate else Mode.SIMPLE,
        credential_name=server.certificate.secret,
        subject_alt_names=tuple(server.subject_alt_names),
        min_protocol_version=Protocol(server.min_version.value) if server.min_version else None,
        max_protocol_version=Protocol(server.max_version.value) if server.max_version else None,
        cipher_suites=tuple(server.cipher_suites),
    )
