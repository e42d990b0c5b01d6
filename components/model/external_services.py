"""Hosts that Kubernetes does not run: what the mesh knows of a service outside, so that its rules reach it."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum

from components.model.names import LABEL, require_host, require_label
from components.model.protocols import Protocol
from components.model.quantities import require_between

MOST_HOSTS = 256
"""What a ServiceEntry holds (its CRD)."""


class Resolution(Enum):
    """How the proxy finds the addresses of a host."""

    DNS = "DNS"
    """Every address that DNS names, asked again as DNS says; each is an endpoint."""
    DNS_ROUND_ROBIN = "DNS_ROUND_ROBIN"
    """The first address that DNS names now: for names with many changing addresses."""
    DYNAMIC_DNS = "DYNAMIC_DNS"
    """The name under a wildcard host that the caller asked for, asked when the request comes."""
    STATIC = "STATIC"
    """The endpoints given here."""
    NONE = "NONE"
    """The address that the caller has connected to."""


class Location(Enum):
    """Whether the service is part of the mesh, which decides on mutual TLS."""

    EXTERNAL = "MESH_EXTERNAL"
    INTERNAL = "MESH_INTERNAL"


@dataclass(frozen=True, slots=True)
class ExternalPort:
    """A port that callers use; `target` is the one of the endpoints (None: the same)."""

    number: int
    protocol: Protocol = Protocol.HTTP
    _: KW_ONLY
    target: int | None = None

    def __post_init__(self) -> None:
        require_between("an external port", self.number, least=1, most=65535)
        require_between(f"the target of port {self.number}", self.target, least=1, most=65535)


@dataclass(frozen=True, slots=True)
class ExternalService:
    """Hosts outside of the cluster (Istio's ServiceEntry), declared in `namespace` for the whole mesh.

    `endpoints` are addresses, or with DNS host names, that stand behind the hosts; `addresses` are those that callers
    connect to, for ports whose traffic names no host. `subject_alt_names`: the server's certificate must have one.

    Raises `ValueError` for what no resolution can find: see `Resolution`.
    """

    name: str
    _: KW_ONLY
    namespace: str
    hosts: Sequence[str]
    ports: Sequence[ExternalPort]
    resolution: Resolution = Resolution.DNS
    location: Location = Location.EXTERNAL
    endpoints: Sequence[str] = ()
    addresses: Sequence[str] = ()
    subject_alt_names: Sequence[str] = ()

    def __post_init__(self) -> None:
        for attribute in ("hosts", "ports", "endpoints", "addresses", "subject_alt_names"):
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        require_label("the external service's name", self.name)
        require_label(f"the namespace of external service {self.name!r}", self.namespace)
        for what, count in (("hosts", len(self.hosts)), ("ports", len(self.ports))):
            if not 1 <= count <= MOST_HOSTS:
                raise ValueError(f"{self._words} has {count} {what}; give 1 to {MOST_HOSTS}")
        for host in self.hosts:
            require_host(f"a host of {self._words}", host)
            if "." not in host:
                raise ValueError(
                    f"a host of {self._words} is {host!r}; a short name means another host in each namespace, "
                    "so give all of it, such as 'api.example.com'"
                )
            if host.split(".")[-1].isdigit():
                raise ValueError(f"a host of {self._words} is the address {host!r}; give it to endpoints or addresses")
        numbers = [str(port.number) for port in self.ports]
        for several in (self.hosts, numbers, self.endpoints, self.addresses):
            for part in several:
                if several.count(part) > 1:
                    raise ValueError(f"{self._words} is given {part!r} twice; give each once")
        for address in self.addresses:
            if not _is_network(address):
                raise ValueError(f"{self._words} has the address {address!r}; give an IP address or a range (CIDR)")
        self._require_resolvable()

    def __str__(self) -> str:
        return self.name

    def port(self, number: int, *, host: str | None = None) -> ExternalDestination:
        """One of its ports as a route's destination; `host` is which of its hosts, where it has several."""
        if host is None and len(self.hosts) > 1:
            raise ValueError(
                f"{self._words} has the hosts {', '.join(self.hosts)}; say which of them the route goes to, "
                f"as in port({number}, host={self.hosts[0]!r})"
            )
        return ExternalDestination(self, number, host or self.hosts[0])

    @property
    def _words(self) -> str:
        return f"external service {self.name!r}"

    def _require_resolvable(self) -> None:
        how, wild = self.resolution, [host for host in self.hosts if host.startswith("*")]
        by_dns = how in (Resolution.DNS, Resolution.DNS_ROUND_ROBIN)
        if how is Resolution.DYNAMIC_DNS:
            self._require_dynamic(wild)
        if by_dns and wild and not self.endpoints:
            self._refuse(f"the host {wild[0]!r}, which DNS can not look up", "endpoints, or DYNAMIC_DNS or NONE")
        if how is Resolution.DNS_ROUND_ROBIN and len(self.endpoints) > 1:
            self._refuse(f"{len(self.endpoints)} endpoints, of which only one is used", "one endpoint, or DNS")
        if how is Resolution.STATIC and not self.endpoints:
            self._refuse("no endpoint to send to", "endpoints")
        if how is Resolution.NONE and self.endpoints:
            self._refuse(f"the endpoint {self.endpoints[0]!r}, which is never used", "STATIC or DNS for them")
        for endpoint in self.endpoints:
            if not (_is_address(endpoint) or (by_dns and _is_name(endpoint))):
                self._refuse(f"the endpoint {endpoint!r}", "IP addresses, or with DNS also host names")
        if any("/" in address for address in self.addresses) and how not in (Resolution.NONE, Resolution.STATIC):
            self._refuse("a range for its address", "single addresses, or NONE or STATIC")
        tcp = [port.number for port in self.ports if port.protocol is Protocol.TCP]
        if tcp and len(self.hosts) > 1 and how is not Resolution.NONE:
            self._refuse(f"{len(self.hosts)} hosts on the TCP port {tcp[0]}, where none is named", "one host")

    def _require_dynamic(self, wild: list[str]) -> None:
        if len(wild) != len(self.hosts):
            self._refuse("a host that is no wildcard", "hosts such as '*.example.com', or DNS")
        if self.endpoints or self.addresses:
            self._refuse("endpoints or addresses, which are never used", "neither")
        for port in self.ports:
            if port.protocol in (Protocol.TCP, Protocol.HTTPS):
                self._refuse(f"the {port.protocol.value} port {port.number}", "ports of HTTP, HTTP2, GRPC or TLS")

    def _refuse(self, what: str, instead: str) -> None:
        raise ValueError(f"{self._words} is found by {self.resolution.value} and has {what}; give it {instead}")


@dataclass(frozen=True, slots=True)
class ExternalDestination:
    """A host outside at one of its ports; made by `ExternalService.port`.

    A request keeps the host that its caller has written; for another site give the route a `Rewrite(authority=...)`.

    Raises `ValueError` for a port or host that the service does not have, and for a wildcard host, which is no place.
    """

    of: ExternalService
    number: int
    host: str

    def __post_init__(self) -> None:
        numbers = [port.number for port in self.of.ports]
        if self.number not in numbers:
            raise ValueError(
                f"external service {self.of.name!r} has no port {self.number}; it has {', '.join(map(str, numbers))}"
            )
        if self.host not in self.of.hosts or self.host.startswith("*"):
            raise ValueError(
                f"a route goes to the host {self.host!r} of external service {self.of.name!r}, whose hosts are "
                f"{', '.join(self.of.hosts)}; give one of these, and none with '*', which says no place to send to"
            )

    @property
    def protocol(self) -> Protocol:
        return next(port.protocol for port in self.of.ports if port.number == self.number)

    def __str__(self) -> str:
        return f"{self.host}:{self.number}"


def _is_address(given: str) -> bool:
    try:
        ipaddress.ip_address(given)
    except ValueError:
        return False
    return "%" not in given


def _is_network(given: str) -> bool:
    try:
        ipaddress.ip_network(given, strict=False)
    except ValueError:
        return False
    return "/" not in given or given.rpartition("/")[2].isdigit()


def _is_name(given: str) -> bool:
    labels = given.split(".")
    return len(given) <= 253 and all(LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()
