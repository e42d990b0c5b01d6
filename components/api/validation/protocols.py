"""What a port's protocol is spoken on: HTTP, TLS or bare TCP. The names are read in any case, as istiod does."""

from __future__ import annotations

__all__ = ["is_http", "is_tcp", "is_tls"]

HTTP = frozenset(("http", "http2", "http_proxy", "grpc", "grpc-web"))
TLS = frozenset(("https", "tls"))
TCP = TLS | {"tcp", "mongo", "redis", "mysql"}


def is_http(protocol: str | None) -> bool:
    """Whether requests can be told apart by their host; not so while the protocol is to be detected."""
    return protocol is not None and protocol.lower() in HTTP


def is_tls(protocol: str | None) -> bool:
    """Whether connections can be told apart by the name they ask for."""
    return protocol is not None and protocol.lower() in TLS


def is_tcp(protocol: str | None) -> bool:
    """Whether it is a protocol on TCP that is not read as HTTP; TLS is one."""
    return protocol is not None and protocol.lower() in TCP
