"""Routes of the Gateway API: what they are attached to, and where they send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from components.analysis.declared import Declared
from components.analysis.snapshot import Snapshot
from components.api.gateway_api.grpc_route import GRPCBackendRef, GRPCRouteRule, GRPCRouteSpec
from components.api.gateway_api.http_route import HTTPBackendRef, HTTPRouteRule, HTTPRouteSpec
from components.api.gateway_api.shared import BackendRef
from components.api.gateway_api.tls_route import TLSRouteRule, TLSRouteSpec

__all__ = ["GATEWAY_API", "Backend", "RouteSpec", "backends_of", "is_gateway", "is_service", "routes"]

GATEWAY_API = "gateway.networking.k8s.io"
RouteSpec = HTTPRouteSpec | GRPCRouteSpec | TLSRouteSpec
Ref = HTTPBackendRef | GRPCBackendRef | BackendRef


class Backend(NamedTuple):
    """One place that a route sends to."""

    path: str
    ref: Ref
    namespace: str


def routes(snapshot: Snapshot) -> Iterator[Declared[RouteSpec]]:
    """All HTTPRoutes, GRPCRoutes and TLSRoutes."""
    yield from snapshot.of("HTTPRoute", HTTPRouteSpec)
    yield from snapshot.of("GRPCRoute", GRPCRouteSpec)
    yield from snapshot.of("TLSRoute", TLSRouteSpec)


def backends_of(route: Declared[RouteSpec]) -> Iterator[Backend]:
    """Where a route sends, without mirrors."""
    rules: tuple[HTTPRouteRule | GRPCRouteRule | TLSRouteRule, ...] = route.spec.rules
    for index, rule in enumerate(rules):
        refs: tuple[Ref, ...] = rule.backend_refs
        for number, ref in enumerate(refs):
            yield Backend(f"spec.rules[{index}].backendRefs[{number}]", ref, ref.namespace or route.namespace)


def is_gateway(group: str | None, kind: str | None) -> bool:
    """Whether a parent is a Gateway, as it is when nothing is said."""
    return group in (None, GATEWAY_API) and kind in (None, "Gateway")


def is_service(group: str | None, kind: str | None) -> bool:
    """Whether a backend is a Service, as it is when nothing is said."""
    return not group and kind in (None, "Service")
