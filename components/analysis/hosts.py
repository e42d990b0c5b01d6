"""Which hosts there are: those of Services and of ServiceEntries, and how names of rules become those of hosts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from components.analysis.declared import Declared
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.service_entry import ServiceEntry

__all__ = [
    "CLUSTER_SUFFIX",
    "Host",
    "HostPort",
    "Hosts",
    "covers",
    "fqdn",
    "namespace_of",
    "overlap",
    "protocol_of",
    "visible",
]

CLUSTER_SUFFIX = ".svc.cluster.local"
EXPORT_TO = "networking.istio.io/exportTo"

PROTOCOLS = {
    "http": "HTTP",
    "http2": "HTTP2",
    "grpc": "GRPC",
    "grpc-web": "GRPC-Web",
    "https": "HTTPS",
    "tls": "TLS",
    "tcp": "TCP",
    "udp": "UDP",
    "mongo": "Mongo",
    "redis": "Redis",
    "mysql": "MySQL",
    "thrift": "Thrift",
    "kubernetes.io/h2c": "HTTP2",
    "kubernetes.io/ws": "HTTP",
    "kubernetes.io/wss": "HTTPS",
}


class HostPort(NamedTuple):
    """A port that a host has."""

    number: int
    name: str
    protocol: str | None
    """As Istio names protocols; None when neither the name nor appProtocol tells one: the proxy then looks at what is
    sent."""
    target: int | str | None
    """The port of the pods, when it is another."""


class Host(NamedTuple):
    """A host that something can be routed to."""

    name: str
    """In full: servicex.shop.svc.cluster.local; may begin with "*." for a ServiceEntry."""
    namespace: str
    ports: tuple[HostPort, ...]
    declared: Declared[Any]
    export_to: tuple[str, ...]

    @property
    def is_service(self) -> bool:
        """Whether it is a Service of Kubernetes, not a ServiceEntry."""
        return self.declared.kind == "Service"

    def port(self, number: int) -> HostPort | None:
        """The port of that number."""
        return next((each for each in self.ports if each.number == number), None)


class Hosts:
    """All hosts of a set of documents."""

    def __init__(self, services: Iterable[Declared[ServiceSpec]], entries: Iterable[Declared[ServiceEntry]]) -> None:
        self._exact: dict[str, list[Host]] = defaultdict(list)
        self._wildcard: list[Host] = []
        self._namespaces: set[str] = set()
        for service in services:
            self._namespaces.add(service.namespace)
            host = _of_service(service)
            self._exact[host.name].append(host)
        for entry in entries:
            for host in _of_entry(entry):
                if host.name.startswith("*"):
                    self._wildcard.append(host)
                else:
                    self._exact[host.name].append(host)

    def all(self) -> Iterable[Host]:
        """Every host."""
        for each in self._exact.values():
            yield from each
        yield from self._wildcard

    def named(self, name: str) -> tuple[Host, ...]:
        """The hosts of that full name, whoever sees them; those with a wildcard that covers it come last.

        A name with a wildcard gets the hosts that it covers, too.
        """
        found = list(self._exact.get(name, ()))
        if name.startswith("*"):
            found += [each for key, hosts in self._exact.items() if key.endswith(name[1:]) for each in hosts]
        found += [each for each in self._wildcard if each.name == name or name.endswith(each.name[1:])]
        return tuple(found)

    def find(self, name: str, namespace: str) -> Host | None:
        """The host that a client of a namespace sees under a full name; its own namespace's before another's."""
        seen = [each for each in self.named(name) if visible(each.export_to, each.namespace, namespace)]
        return min(seen, key=lambda each: each.namespace != namespace, default=None)

    def services_called(self, name: str) -> tuple[Host, ...]:
        """The Services of that short name, in whatever namespace."""
        return tuple(self._by_short_name.get(name, ()))

    @cached_property
    def _by_short_name(self) -> dict[str, list[Host]]:
        found: dict[str, list[Host]] = defaultdict(list)
        for hosts in self._exact.values():
            for host in hosts:
                if host.is_service:
                    found[host.declared.name].append(host)
        return found

    def has_services_of(self, namespace: str) -> bool:
        """Whether any Service of a namespace is among the documents."""
        return namespace in self._namespaces


def fqdn(host: str, namespace: str) -> str:
    """A host as a rule of a namespace means it: a name without a dot is a Service of that namespace.

    Only such names: Istio leaves `servicex.shop` as it is (pilot's ResolveShortnameToFQDN).
    """
    return host if "." in host or host == "*" else f"{host}.{namespace}{CLUSTER_SUFFIX}"


def covers(pattern: str, name: str) -> bool:
    """Whether a host that may begin with "*" stands for all of another: "*.mesh.test" covers "a.mesh.test", not
    "mesh.test".
    """
    if not pattern.startswith("*"):
        return pattern == name
    return name.removeprefix("*").endswith(pattern[1:])


def overlap(one: str, other: str) -> bool:
    """Whether there is a host that both stand for."""
    return covers(one, other) or covers(other, one)


def namespace_of(full_name: str) -> str | None:
    """The namespace of a Service's full name; None for a host that is no Service's."""
    if not full_name.endswith(CLUSTER_SUFFIX):
        return None
    return full_name.removesuffix(CLUSTER_SUFFIX).rpartition(".")[2] or None


def visible(export_to: Iterable[str], owner: str, namespace: str) -> bool:
    """Whether an object of `owner`, exported so, is seen in a namespace. Not said: by all."""
    entries = tuple(export_to)
    if not entries:
        return True
    return any(each == "*" or (each == "." and owner == namespace) or each == namespace for each in entries)


def protocol_of(name: str | None, app_protocol: str | None = None, transport: str | None = None) -> str | None:
    """The protocol that Istio takes a port of a Service to speak: by appProtocol, else by the name up to its first "-".

    Source: istio.io, Configuration, Traffic Management, Protocol Selection.
    """
    if transport in ("UDP", "SCTP"):
        return transport
    if app_protocol:
        return PROTOCOLS.get(app_protocol.lower())
    lowered = (name or "").lower()
    if lowered.startswith("grpc-web"):
        return "GRPC-Web"
    return PROTOCOLS.get(lowered.partition("-")[0])


def _of_service(service: Declared[ServiceSpec]) -> Host:
    spec = service.spec
    ports = tuple(
        HostPort(
            port.port or 0, port.name or "", protocol_of(port.name, port.app_protocol, port.protocol), port.target_port
        )
        for port in spec.ports
    )
    exported = tuple(each.strip() for each in service.annotations.get(EXPORT_TO, "").split(",") if each.strip())
    return Host(f"{service.name}.{service.namespace}{CLUSTER_SUFFIX}", service.namespace, ports, service, exported)


def _of_entry(entry: Declared[ServiceEntry]) -> Iterable[Host]:
    ports = tuple(
        HostPort(port.number or 0, port.name or "", _known(port.protocol), port.target_port)
        for port in entry.spec.ports
    )
    for host in entry.spec.hosts:
        yield Host(fqdn(host, entry.namespace), entry.namespace, ports, entry, entry.spec.export_to)


def _known(protocol: str | None) -> str | None:
    return PROTOCOLS.get((protocol or "").lower(), (protocol or "").upper() or None)
