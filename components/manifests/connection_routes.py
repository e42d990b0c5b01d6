"""Routes of connections: by the name in the TLS handshake, or by port alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from components.api.networking.virtual_service import (
    L4MatchAttributes,
    RouteDestination,
    TCPRoute,
    TLSMatchAttributes,
    TLSRoute,
)
from components.manifests.destinations import reference
from components.manifests.http_matches import caller_labels, caller_namespace
from components.model import ConnectionRoute, From, Port, Split
from components.model import TCPRoute as DeclaredTCPRoute
from components.model import TLSRoute as DeclaredTLSRoute


class _Conditions(TypedDict):
    port: int | None
    source_labels: Mapping[str, str]
    source_namespace: str | None


def tls_route(route: DeclaredTLSRoute, hosts: tuple[str, ...]) -> TLSRoute:
    """`hosts` are those of the virtual service: a name that is not among them is refused by istiod."""
    match = TLSMatchAttributes(sni_hosts=hosts, **_conditions(route))
    return TLSRoute(match=(match,), route=_destinations(route.to))


def tcp_route(route: DeclaredTCPRoute, port: int | None) -> TCPRoute:
    """`port` is the one that the route's host stands for, where it stands for one."""
    conditions = _conditions(route)
    conditions["port"] = conditions["port"] or port
    match = L4MatchAttributes(**conditions)
    return TCPRoute(match=(match,) if match != L4MatchAttributes() else (), route=_destinations(route.to))


def _conditions(route: ConnectionRoute) -> _Conditions:
    callers = [condition.caller for condition in route.when if isinstance(condition, From)]
    ports = [condition.number for condition in route.when if isinstance(condition, Port)]
    return {
        "port": ports[0] if ports else None,
        "source_labels": caller_labels(callers[0]) if callers else {},
        "source_namespace": caller_namespace(callers[0]) if callers else None,
    }


def _destinations(split: Split) -> tuple[RouteDestination, ...]:
    weighted = len(split.weights) > 1
    return tuple(
        RouteDestination(destination=reference(destination), weight=weight if weighted else None)
        for destination, weight in split.weights
    )
