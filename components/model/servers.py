"""What a gateway speaks on a port: plain HTTP, a redirect to HTTPS, TLS that ends there, or TLS that passes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import TypeAlias

from components.model.certificates import Certificate
from components.model.names import require_host
from components.model.quantities import require_between

CIPHERS = frozenset(
    f"{kind}{cipher}"
    for kind in ("ECDHE-ECDSA-", "ECDHE-RSA-", "")
    for cipher in ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA")
) | {"ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"}
"""What Envoy's TLS library knows up to TLS 1.2; istiod drops others with a warning."""


class TLSVersion(Enum):
    """A version of TLS. 1.0 and 1.1 are not offered: their ciphers are broken, and Envoy has none of them on."""

    V1_2 = "TLSV1_2"
    V1_3 = "TLSV1_3"


class ClientCertificate(Enum):
    """Whether the caller must show a certificate, which is checked against the ca.crt of the gateway's own Secret."""

    REQUIRED = "MUTUAL"
    OPTIONAL = "OPTIONAL_MUTUAL"
    """Callers without one are let in; a wrong one is refused."""


@dataclass(frozen=True, slots=True)
class HTTPServer:
    """Plain HTTP for these hosts. Raises `ValueError` for no host, one given twice, or one that is no DNS name."""

    hosts: Sequence[str]
    _: KW_ONLY
    port: int = 80

    def __post_init__(self) -> None:
        _require_hosts_and_port(self)


@dataclass(frozen=True, slots=True)
class RedirectToHTTPS:
    """Plain HTTP that is answered 301 to the same place under https. Raises `ValueError` as `HTTPServer` does."""

    hosts: Sequence[str]
    _: KW_ONLY
    port: int = 80

    def __post_init__(self) -> None:
        _require_hosts_and_port(self)


@dataclass(frozen=True, slots=True)
class HTTPSServer:
    """HTTPS that ends at the gateway, with its certificate.

    `client_certificate` None asks the caller for none; `subject_alt_names`: the caller's must have one of them.
    `cipher_suites` is for TLS 1.2; TLS 1.3 has its own.

    Raises `ValueError` as `HTTPServer` does, and for settings that could never apply.
    """

    hosts: Sequence[str]
    _: KW_ONLY
    certificate: Certificate
    port: int = 443
    client_certificate: ClientCertificate | None = None
    subject_alt_names: Sequence[str] = ()
    min_version: TLSVersion | None = None
    max_version: TLSVersion | None = None
    cipher_suites: Sequence[str] = ()

    def __post_init__(self) -> None:
        for attribute in ("subject_alt_names", "cipher_suites"):
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        _require_hosts_and_port(self)
        if self.subject_alt_names and self.client_certificate is None:
            raise ValueError(
                f"the HTTPS server of {self.hosts[0]!r} has subject_alt_names for callers and asks them for no "
                "certificate; give it a client_certificate, or leave the names out"
            )
        if self.min_version is TLSVersion.V1_3 and (self.max_version is TLSVersion.V1_2 or self.cipher_suites):
            raise ValueError(
                f"the HTTPS server of {self.hosts[0]!r} wants TLS 1.3 at least, beside TLS 1.2 at most or its ciphers; "
                "leave one of them out"
            )
        for cipher in self.cipher_suites:
            if cipher not in CIPHERS or self.cipher_suites.count(cipher) > 1:
                raise ValueError(
                    f"the HTTPS server of {self.hosts[0]!r} has the cipher {cipher!r} twice, or Envoy does not know it; "
                    f"give each once, of {', '.join(sorted(CIPHERS))}"
                )


@dataclass(frozen=True, slots=True)
class TLSPassthrough:
    """TLS that ends at the destination; the gateway sees the host in the handshake (SNI) and nothing else.

    An HTTP route never sees such a request; the routes of its hosts are each a `TLSRoute`.

    Raises `ValueError` as `HTTPServer` does.
    """

    hosts: Sequence[str]
    _: KW_ONLY
    port: int = 443

    def __post_init__(self) -> None:
        _require_hosts_and_port(self)


@dataclass(frozen=True, slots=True)
class TCPServer:
    """Connections of any kind on a port of their own; where they go is said by the routes of `Gateway.tcp(port)`.

    The gateway's Service must have the port too (`istioValues.gateway.service.ports`). Raises `ValueError` for a port
    that is none.
    """

    port: int

    def __post_init__(self) -> None:
        require_between("the port of the TCPServer", self.port, least=1, most=65535)

    @property
    def hosts(self) -> tuple[str, ...]:
        """None by name: a connection names no host."""
        return ()


Server: TypeAlias = HTTPServer | RedirectToHTTPS | HTTPSServer | TLSPassthrough | TCPServer


def _require_hosts_and_port(server: HTTPServer | RedirectToHTTPS | HTTPSServer | TLSPassthrough) -> None:
    hosts = tuple(server.hosts)
    object.__setattr__(server, "hosts", hosts)
    kind = type(server).__name__
    if not hosts:
        raise ValueError(f"the {kind} serves no host; give it at least one, such as 'a.mesh.test'")
    for host in hosts:
        require_host(f"a host of the {kind}", host)
        if hosts.count(host) > 1:
            raise ValueError(f"the {kind} is given the host {host!r} twice; give each once")
    require_between(f"the port of the {kind}", server.port, least=1, most=65535)
