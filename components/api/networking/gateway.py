# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/gateway.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.message import Message

__all__ = ["Gateway", "Port", "Server", "ServerTLSSettings"]


class Gateway(Message, frozen=True, kw_only=True):
    """Ports that gateway proxies listen on, and the hosts that are served there."""

    servers: tuple[Server, ...] = ()
    """The ports; each with its protocol, hosts and TLS."""
    selector: Mapping[str, str] = {}
    """Labels of the gateway's pods; in all namespaces unless istiod is told otherwise."""


class Server(Message, frozen=True, kw_only=True):
    """One port of a gateway."""

    port: Port | None = None
    """Where it listens and what is spoken there. Required."""
    bind: str | None = None
    """Address to listen on. Not set: all."""
    hosts: tuple[str, ...] = ()
    """Hosts that are served: DNS names, with * as the first label, or namespace/name; virtual services
    must be among them. Required.
    """
    tls: ServerTLSSettings | None = None
    """Certificates, for HTTPS and TLS; or a redirect to HTTPS, for HTTP."""
    default_endpoint: str | None = None
    """Default endpoint: text."""
    name: str | None = None
    """Name of the server, for metrics; unique in the mesh."""


class Port(Message, frozen=True, kw_only=True):
    """A port and its protocol."""

    number: int | None = None
    """Port of the gateway's service, 1 to 65535. Required."""
    protocol: str | None = None
    """HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, MONGO, TCP or TLS. Required."""
    name: str | None = None
    """Name of the port. Required."""
    target_port: int | None = None
    """Target port: a whole number. Deprecated."""


class ServerTLSSettings(Message, frozen=True, kw_only=True):
    """How a gateway, or a sidecar for incoming requests, does TLS."""

    class TLSmode(Enum):
        """Tl smode of ServerTLSSettings."""

        PASSTHROUGH = "PASSTHROUGH"
        SIMPLE = "SIMPLE"
        MUTUAL = "MUTUAL"
        AUTO_PASSTHROUGH = "AUTO_PASSTHROUGH"
        ISTIO_MUTUAL = "ISTIO_MUTUAL"
        OPTIONAL_MUTUAL = "OPTIONAL_MUTUAL"

    class TLSProtocol(Enum):
        """TLS protocol of ServerTLSSettings."""

        TLS_AUTO = "TLS_AUTO"
        TLSV1_0 = "TLSV1_0"
        TLSV1_1 = "TLSV1_1"
        TLSV1_2 = "TLSV1_2"
        TLSV1_3 = "TLSV1_3"

    class TLSCertificate(Message, frozen=True, kw_only=True):
        """TLS certificate of ServerTLSSettings."""

        server_certificate: str | None = None
        """Server certificate: text."""
        private_key: str | None = None
        """Private key: text."""
        ca_certificates: str | None = None
        """CA certificates: text."""

    https_redirect: bool | None = None
    """Whether HTTP requests are answered with a redirect (301) to HTTPS."""
    mode: ServerTLSSettings.TLSmode | None = None
    """PASSTHROUGH leaves TLS to the destination; SIMPLE has a certificate; MUTUAL wants the client's
    too. Not set: PASSTHROUGH.
    """
    server_certificate: str | None = None
    """File with the certificate, instead of a secret."""
    private_key: str | None = None
    """File with the private key, instead of a secret."""
    ca_certificates: str | None = None
    """File with the authorities for client certificates, instead of a secret."""
    ca_crl: str | None = None
    """CA CRL: text."""
    credential_name: str | None = None
    """Secret with certificate and key; for MUTUAL with the authorities for clients, there or in
    NAME-cacert.
    """
    credential_names: tuple[str, ...] = ()
    """Several secrets, such as one with RSA and one with ECDSA. 1 to 2 items."""
    ca_cert_credential_name: str | None = None
    """CA cert credential name: text."""
    tls_certificates: tuple[ServerTLSSettings.TLSCertificate, ...] = ()
    """TLS certificates: list of TLSCertificate. 1 to 2 items."""
    subject_alt_names: tuple[str, ...] = ()
    """Names of which a client's certificate must have one."""
    verify_certificate_spki: tuple[str, ...] = ()
    """Verify certificate spki: list of text."""
    verify_certificate_hash: tuple[str, ...] = ()
    """Verify certificate hash: list of text."""
    min_protocol_version: ServerTLSSettings.TLSProtocol | None = None
    """Oldest version of TLS. Not set: 1.2."""
    max_protocol_version: ServerTLSSettings.TLSProtocol | None = None
    """Newest version of TLS. Not set: the newest that Envoy speaks."""
    cipher_suites: tuple[str, ...] = ()
    """Ciphers for TLS up to 1.2; not set: Envoy's."""
    insecure_skip_verify: bool | None = None
    """Insecure skip verify: true or false."""
