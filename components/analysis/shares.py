"""Destinations that share the requests of one rule by weight."""

from __future__ import annotations

from collections.abc import Iterator

from components.api.networking.virtual_service import HTTPRouteDestination, RouteDestination, VirtualService

__all__ = ["Share", "percent", "shares_of"]

Share = HTTPRouteDestination | RouteDestination


def shares_of(service: VirtualService) -> Iterator[tuple[str, tuple[Share, ...]]]:
    """Every rule's destinations, with the path of their list."""
    for index, http in enumerate(service.http):
        yield f"spec.http[{index}].route", http.route
    for index, tls in enumerate(service.tls):
        yield f"spec.tls[{index}].route", tls.route
    for index, tcp in enumerate(service.tcp):
        yield f"spec.tcp[{index}].route", tcp.route


def percent(share: float, total: float) -> str:
    """A share of a total in a message: "33.3 %"."""
    return f"{100 * share / total:.3g} %"
