"""Where requests enter the mesh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.names import require_host, require_label


@dataclass(frozen=True, slots=True)
class GatewayHost:
    """One host that a gateway serves; made by `Gateway.host`."""

    gateway: Gateway
    name: str

    def __post_init__(self) -> None:
        if not self.gateway.serves(self.name):
            raise ValueError(
                f"gateway {self.gateway.name!r} does not serve {self.name!r}; it serves {', '.join(self.gateway.hosts)}. "
                "Add the host to the gateway, or route one of these"
            )

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Gateway:
    """The hosts that the ingress gateway's Envoys accept in plain HTTP, on `port`.

    Raises `ValueError` for no host, a host given twice, or one that is not a DNS name.
    """

    name: str
    _: KW_ONLY
    hosts: Sequence[str]
    port: int = 80

    def __post_init__(self) -> None:
        object.__setattr__(self, "hosts", tuple(self.hosts))
        require_label("the gateway's name", self.name)
        if not self.hosts:
            raise ValueError(f"gateway {self.name!r} serves no host; give it at least one, such as 'a.mesh.test'")
        for host in self.hosts:
            require_host(f"a host of gateway {self.name!r}", host)
            if self.hosts.count(host) > 1:
                raise ValueError(f"gateway {self.name!r} is given the host {host!r} twice; give each once")
        if not 1 <= self.port <= 65535:
            raise ValueError(f"the port of gateway {self.name!r} is {self.port}; a port is from 1 to 65535")

    def host(self, name: str) -> GatewayHost:
        """One of the gateway's hosts, to route it. Raises `ValueError` for a host that it does not serve."""
        return GatewayHost(self, name)

    def serves(self, host: str) -> bool:
        return any(host == own or (own.startswith("*.") and host.endswith(own[1:])) for own in self.hosts)
