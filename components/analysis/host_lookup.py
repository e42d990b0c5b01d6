"""Which host a name in a rule stands for, and why it stands for none."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import NamedTuple

from components.analysis.hosts import CLUSTER_SUFFIX, Host, Hosts, fqdn, visible

__all__ = ["Found", "HostLookup", "Verdict"]


class Verdict(enum.Enum):
    """What became of a lookup."""

    SEEN = "seen"
    HIDDEN = "hidden"
    """It is there, but not exported to where it is needed."""
    ELSEWHERE = "elsewhere"
    """A short name: the namespace of the rule has no such Service, another has."""
    NOT_EXPANDED = "not expanded"
    """It has a dot, so it is taken as it is, but means a Service: servicex.shop."""
    UNKNOWN = "unknown"


class Found(NamedTuple):
    """What a name stands for."""

    verdict: Verdict
    name: str
    """In full, as Istio takes it."""
    hosts: tuple[Host, ...] = ()
    """Those seen; those hidden or meant when none is."""

    @property
    def port_numbers(self) -> frozenset[int]:
        """The ports that the host has."""
        return frozenset(port.number for host in self.hosts for port in host.ports)


class HostLookup:
    """Looks names up among hosts; each name of a namespace once."""

    def __init__(self, hosts: Hosts, namespaces: frozenset[str]) -> None:
        self._hosts = hosts
        self._namespaces = namespaces
        self._known: dict[tuple[str, str, tuple[str, ...]], Found] = {}

    def find(self, host: str, namespace: str, export_to: Iterable[str] = ()) -> Found:
        """What a rule of a namespace means by a host. `export_to` is that of the rule: when it names namespaces, the
        host has to be seen there.
        """
        key = (host, namespace, tuple(export_to))
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, host: str, namespace: str, export_to: tuple[str, ...]) -> Found:
        name = fqdn(host, namespace)
        named = self._hosts.named(name)
        places = {namespace if each in (".", "*") else each for each in export_to} or {namespace}
        seen = tuple(each for each in named if any(visible(each.export_to, each.namespace, place) for place in places))
        if seen:
            exact = tuple(each for each in seen if each.name == name)
            return Found(Verdict.SEEN, name, exact or seen)
        if named:
            return Found(Verdict.HIDDEN, name, named)
        if "." not in host:
            elsewhere = self._hosts.services_called(host)
            return Found(Verdict.ELSEWHERE if elsewhere else Verdict.UNKNOWN, name, elsewhere)
        short, _, rest = host.partition(".")
        owner = rest.removesuffix(".svc")
        if short != "*" and "." not in owner:
            meant = self._hosts.named(f"{short}.{owner}{CLUSTER_SUFFIX}")
            if meant or owner in self._namespaces or self._hosts.has_services_of(owner):
                return Found(Verdict.NOT_EXPANDED, name, meant)
        return Found(Verdict.UNKNOWN, name)
