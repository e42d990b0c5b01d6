"""The routes of one host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from components.model.conditions import Condition, From, Port
from components.model.connection_routes import ConnectionRoute, TCPRoute, TLSRoute
from components.model.external_services import ExternalService
from components.model.gateway import GatewayHost, GatewayPort
from components.model.protocols import Protocol
from components.model.route import Route
from components.model.servers import TLSPassthrough
from components.model.split import Destination, protocol_of
from components.model.workload import Version, Workload

Host: TypeAlias = GatewayHost | GatewayPort | Workload | ExternalService
"""A gateway's host or TCP port, or a workload or a service outside as called from inside the mesh."""


@dataclass(frozen=True, slots=True, init=False)
class VirtualService:
    """The routes of one host, tried in order.

    A `Route` is for requests, a `TLSRoute` for the connections of a host that a gateway passes through or of a service
    that speaks TLS, a `TCPRoute` for a gateway's TCP port or a service that speaks something else. After construction
    `routes` has the first kind, `connections` the others.

    Raises `ValueError` for no route, two routes of one name, a kind of route that this host's traffic never meets, a route
    to what does not speak it, and a route that never gets anything because one before it takes all, or because its caller
    or port is none that this host has.
    """

    host: Host
    routes: tuple[Route, ...]
    connections: tuple[ConnectionRoute, ...]

    def __init__(
        self, host: Host, routes: Sequence[Route | ConnectionRoute], *, connections: Sequence[ConnectionRoute] = ()
    ) -> None:
        given = (*routes, *connections)
        object.__setattr__(self, "host", host)
        object.__setattr__(self, "routes", tuple(route for route in given if isinstance(route, Route)))
        object.__setattr__(self, "connections", tuple(route for route in given if not isinstance(route, Route)))
        if not given:
            raise ValueError(f"host {host} has no route; give it at least one")
        names = [route.name for route in given]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"host {host} has two routes named {name!r}; give each a name of its own")
        for kind in (Route, TLSRoute, TCPRoute):
            self._require_reached([route for route in given if isinstance(route, kind)])
        for route in given:
            self._require_met(route)
            self._require_spoken(route)

    @property
    def callers(self) -> tuple[Workload | Version, ...]:
        """Whoever a route asks to be the caller."""
        return tuple(c.caller for route in self.all_routes for c in route.when if isinstance(c, From))

    @property
    def all_routes(self) -> tuple[Route | ConnectionRoute, ...]:
        """Those of requests, then those of connections."""
        return (*self.routes, *self.connections)

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Every destination that a route names."""
        return tuple(destination for route in self.all_routes for destination in route.destinations)

    @property
    def ports(self) -> tuple[int, ...]:
        """Where the host is called."""
        if isinstance(self.host, GatewayHost):
            return tuple(sorted({server.port for server in self.host.servers}))
        if isinstance(self.host, ExternalService):
            return tuple(port.number for port in self.host.ports)
        return (self.host.number if isinstance(self.host, GatewayPort) else self.host.service_port,)

    def _require_reached(self, routes: Sequence[Route | ConnectionRoute]) -> None:
        for route, behind in pairwise(routes):
            if self._takes_all(route):
                raise ValueError(
                    f"route {behind.name!r} of host {self.host} never gets a request; route {route.name!r} before it takes "
                    "all. Put the route that takes all last"
                )
        seen: dict[frozenset[Condition], Route | ConnectionRoute] = {}
        for route in routes:
            earlier = seen.setdefault(frozenset(route.when), route)
            if earlier is not route:
                raise ValueError(
                    f"route {route.name!r} of host {self.host} never gets a request; route {earlier.name!r} before it has "
                    "the same conditions. Give it another, or make one route of both"
                )

    def _takes_all(self, route: Route | ConnectionRoute) -> bool:
        """With no condition, or with none but the port of a host that has one."""
        return all(isinstance(condition, Port) for condition in route.when) and (not route.when or len(self.ports) == 1)

    def _require_met(self, route: Route | ConnectionRoute) -> None:
        kind = type(route)
        met = tuple(dict.fromkeys(_kind_for(protocol) for protocol in _protocols(self.host)))
        if kind not in met:
            raise ValueError(
                f"route {route.name!r} of host {self.host} is a {kind.__name__} and never gets anything: what comes there is "
                f"{' and '.join(dict.fromkeys(p.value for p in _protocols(self.host)))}. "
                f"Make it a {' or a '.join(each.__name__ for each in met)}"
            )
        for condition in route.when:
            if isinstance(condition, From) and isinstance(self.host, (GatewayHost, GatewayPort)):
                raise ValueError(
                    f"route {route.name!r} of host {self.host} never gets a request; {condition.caller} does not call by the "
                    f"gateway. Route the host of a workload by its caller, as in VirtualService(<workload>, ...)"
                )
            if isinstance(condition, Port) and condition.number not in self.ports:
                raise ValueError(
                    f"route {route.name!r} of host {self.host} never gets a request at port {condition.number}; "
                    f"the host is called at {' and '.join(map(str, self.ports))}. Give one of these, or leave it out"
                )

    def _require_spoken(self, route: Route | ConnectionRoute) -> None:
        for destination in route.destinations:
            spoken = protocol_of(destination)
            if isinstance(route, Route) and not spoken.of_requests:
                raise ValueError(
                    f"route {route.name!r} of host {self.host} sends requests to {destination}, which speaks {spoken.value}; "
                    "give it an HTTP port (outside, ExternalPort(80, target=443) with a TLSOrigination makes TLS of it), "
                    "or make it a TLSRoute or TCPRoute"
                )
            if isinstance(route, TLSRoute) and spoken.of_requests:
                raise ValueError(
                    f"route {route.name!r} of host {self.host} passes TLS on to {destination}, which speaks "
                    f"{spoken.value} in plain; declare its protocol as TLS, or end the TLS at the gateway with an HTTPSServer"
                )


def _protocols(host: Host) -> Iterable[Protocol]:
    """What comes to the host, as far as the proxy that routes it can tell."""
    if isinstance(host, GatewayHost):
        return [Protocol.TLS if isinstance(s, TLSPassthrough) else Protocol.HTTP for s in host.servers]
    if isinstance(host, ExternalService):
        return [port.protocol for port in host.ports]
    return [Protocol.TCP if isinstance(host, GatewayPort) else host.protocol]


def _kind_for(protocol: Protocol) -> type[Route | ConnectionRoute]:
    if protocol.of_requests:
        return Route
    return TLSRoute if protocol.names_host else TCPRoute
