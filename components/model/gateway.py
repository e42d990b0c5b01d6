"""Where requests enter the mesh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.certificates import Certificate
from components.model.identity import Identity
from components.model.names import require_host, require_label
from components.model.servers import HTTPServer, HTTPSServer, Server, TCPServer, TLSPassthrough


@dataclass(frozen=True, slots=True)
class GatewayHost:
    """One host that a gateway serves; made by `Gateway.host`."""

    gateway: Gateway
    name: str

    def __post_init__(self) -> None:
        if not self.gateway.serves(self.name):
            raise ValueError(
                f"gateway {self.gateway.name!r} does not serve {self.name!r}; it serves "
                f"{', '.join(self.gateway.all_hosts)}. Add the host to the gateway, or route one of these"
            )

    def __str__(self) -> str:
        return self.name

    @property
    def servers(self) -> tuple[Server, ...]:
        """The gateway's servers that take requests for this host."""
        return tuple(server for server in self.gateway.all_servers if _among(self.name, server.hosts))

    @property
    def passed_through(self) -> bool:
        """Whether the gateway sees nothing of this host's requests but its name."""
        return all(isinstance(server, TLSPassthrough) for server in self.servers)

    @property
    def plain(self) -> HTTPServer | None:
        """The server that takes this host's requests in plain HTTP and routes them; None when all is TLS or redirected."""
        return next((server for server in self.servers if isinstance(server, HTTPServer)), None)


@dataclass(frozen=True, slots=True)
class GatewayPort:
    """A port on which a gateway takes connections of any kind; made by `Gateway.tcp`."""

    gateway: Gateway
    number: int

    def __post_init__(self) -> None:
        ports = [server.port for server in self.gateway.servers if isinstance(server, TCPServer)]
        if self.number not in ports:
            raise ValueError(
                f"gateway {self.gateway.name!r} has no TCPServer at port {self.number}; "
                f"it has them at {', '.join(map(str, ports)) or 'none'}. Add TCPServer({self.number}) to its servers"
            )

    def __str__(self) -> str:
        return f"{self.gateway.name}:{self.number}"


@dataclass(frozen=True, slots=True)
class Gateway:
    """What the ingress gateway's Envoys accept: `hosts` in plain HTTP on `port`, and whatever `servers` says.

    Raises `ValueError` for no host, a host given twice on one port, one that is not a DNS name of two parts or more, and
    for plain HTTP, TLS or TCP together on one port.
    """

    name: str
    _: KW_ONLY
    hosts: Sequence[str] = ()
    port: int = 80
    servers: Sequence[Server] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "hosts", tuple(self.hosts))
        object.__setattr__(self, "servers", tuple(self.servers))
        require_label("the gateway's name", self.name)
        if not self.hosts and not self.servers:
            raise ValueError(f"gateway {self.name!r} serves no host; give it at least one, such as 'a.mesh.test'")
        for host in self.hosts:
            require_host(f"a host of gateway {self.name!r}", host)
            if self.hosts.count(host) > 1:
                raise ValueError(f"gateway {self.name!r} is given the host {host!r} twice; give each once")
        if not 1 <= self.port <= 65535:
            raise ValueError(f"the port of gateway {self.name!r} is {self.port}; a port is from 1 to 65535")
        for host in self.all_hosts:
            if "." not in host or host.split(".")[-1].isdigit():
                raise ValueError(
                    f"gateway {self.name!r} serves {host!r}; Istio takes names of two parts or more there, "
                    "such as 'a.mesh.test'"
                )
        self._require_ports_apart()

    def host(self, name: str) -> GatewayHost:
        """One of the gateway's hosts, to route it. Raises `ValueError` for a host that it does not serve."""
        return GatewayHost(self, name)

    def tcp(self, port: int) -> GatewayPort:
        """One of the gateway's TCP ports, to route it. Raises `ValueError` for a port without a `TCPServer`."""
        return GatewayPort(self, port)

    @property
    def identity(self) -> Identity:
        """Who the ingress gateway proves to be when it passes requests on to workloads."""
        return Identity(self)

    def serves(self, host: str) -> bool:
        return _among(host, self.all_hosts)

    @property
    def all_servers(self) -> tuple[Server, ...]:
        """The plain one for `hosts`, then `servers`."""
        return (*((HTTPServer(self.hosts, port=self.port),) if self.hosts else ()), *self.servers)

    @property
    def all_hosts(self) -> tuple[str, ...]:
        """Every host of every server, once, in order."""
        return tuple(dict.fromkeys(host for server in self.all_servers for host in server.hosts))

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """Each certificate that a server uses, once, in order."""
        https = (server for server in self.servers if isinstance(server, HTTPSServer))
        return tuple(dict.fromkeys(server.certificate for server in https))

    def _require_ports_apart(self) -> None:
        seen: dict[tuple[int, str], Server] = {}
        kinds: dict[int, str] = {}
        for server in self.all_servers:
            secure = isinstance(server, (HTTPSServer, TLSPassthrough))
            kind = "TCP" if isinstance(server, TCPServer) else "TLS" if secure else "plain HTTP"
            other = kinds.setdefault(server.port, kind)
            if other != kind:
                raise ValueError(
                    f"gateway {self.name!r} speaks both {other} and {kind} on port {server.port}; give each a port"
                )
            if kind == "TCP" and sum(each.port == server.port for each in self.all_servers) > 1:
                raise ValueError(f"gateway {self.name!r} has two TCP servers on port {server.port}; give one")
            for host in server.hosts:
                if (server.port, host) in seen:
                    raise ValueError(
                        f"gateway {self.name!r} is given the host {host!r} twice on port {server.port}; "
                        "Istio would keep one. Give each once"
                    )
                seen[server.port, host] = server


def _among(host: str, served: Sequence[str]) -> bool:
    return any(host == own or (own.startswith("*.") and host.endswith(own[1:])) for own in served)
