"""What is spoken on a port, which decides by what requests can be told apart."""

from enum import Enum


class Protocol(Enum):
    """HTTP, HTTP2 and GRPC are routed request by request, TLS and HTTPS by the name in the handshake (SNI), TCP by address.

    What a proxy can not read it can not route: conditions, faults, retries and timeouts are for the first three
    (istio.io, Protocol Selection).
    """

    HTTP = "HTTP"
    HTTP2 = "HTTP2"
    GRPC = "GRPC"
    HTTPS = "HTTPS"
    TLS = "TLS"
    TCP = "TCP"

    @property
    def of_requests(self) -> bool:
        """Whether the proxy sees single requests."""
        return self in (Protocol.HTTP, Protocol.HTTP2, Protocol.GRPC)

    @property
    def names_host(self) -> bool:
        """Whether the proxy sees nothing but the host's name in a TLS handshake."""
        return self in (Protocol.HTTPS, Protocol.TLS)
