"""Shares of a route's requests, by weight, among destinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from components.model.balancing import ConsistentHash
from components.model.external_services import ExternalDestination, ExternalService
from components.model.headers import HeaderOperations
from components.model.protocols import Protocol
from components.model.traffic_policy import Subset
from components.model.workload import Version, Workload

Destination: TypeAlias = Workload | Version | Subset | ExternalDestination
"""All endpoints of a workload, those of one version, those of a subset, or a host outside."""

Weights: TypeAlias = tuple[tuple[Destination, int], ...]
Headers: TypeAlias = Mapping[Destination, HeaderOperations] | Sequence[tuple[Destination, HeaderOperations]]

MOST = 2**31 - 1
"""The greatest weight, as the CRD keeps it, and the greatest sum, so that Envoy's 32 bits hold it."""


@dataclass(frozen=True, slots=True, init=False)
class Split:
    """Requests or connections shared out by weight among destinations of one workload, or of one service outside.

    A destination's share is its weight over the sum of all; a weight of 0 keeps a destination declared with no traffic.
    `request_headers` and `response_headers` change headers for one destination only, such as a cookie that tells which
    version answered.

    Raises `ValueError` for no destination, weights below 0 or all 0, destinations of two workloads, headers of a
    destination that gets nothing, and for a subset that hashes beside others: a request's destination is drawn by weight
    first, so its key would stick to nothing (istio/istio issue 9764).
    """

    weights: Weights
    request_headers: tuple[tuple[Destination, HeaderOperations], ...]
    response_headers: tuple[tuple[Destination, HeaderOperations], ...]

    def __init__(
        self,
        weights: Mapping[Destination, int] | Sequence[tuple[Destination, int]],
        *,
        request_headers: Headers = (),
        response_headers: Headers = (),
    ) -> None:
        pairs = tuple(weights.items()) if isinstance(weights, Mapping) else tuple(weights)
        object.__setattr__(self, "weights", pairs)
        for name, given in (("request_headers", request_headers), ("response_headers", response_headers)):
            object.__setattr__(self, name, tuple(given.items()) if isinstance(given, Mapping) else tuple(given))
        if not pairs:
            raise ValueError("the split has no destination; give it at least one with a weight")
        for destination, weight in pairs:
            if weight < 0:
                raise ValueError(f"the split gives {destination} the weight {weight}; a weight is 0 or more")
        if not any(weight for _, weight in pairs):
            raise ValueError("the split gives every destination the weight 0; give at least one a weight above 0")
        if (total := sum(weight for _, weight in pairs)) > MOST:
            raise ValueError(f"the split's weights add up to {total}; Envoy takes {MOST} at most. Give smaller ones")
        self._require_one_workload()
        self._require_no_hash()
        self._require_headers_of_its_own()

    @property
    def reached(self) -> tuple[Destination, ...]:
        """The destinations that get requests."""
        return tuple(destination for destination, weight in self.weights if weight)

    def share(self, destination: Destination) -> float:
        """The destination's part of the requests, from 0 to 1."""
        total = sum(weight for _, weight in self.weights)
        return sum(weight for other, weight in self.weights if other == destination) / total

    def __str__(self) -> str:
        return ", ".join(f"{weight} {destination}" for destination, weight in self.weights)

    def _require_one_workload(self) -> None:
        services = {service_of(destination) for destination, _ in self.weights}
        if len(services) > 1:
            names = " and ".join(sorted(repr(service.name) for service in services))
            raise ValueError(
                f"the split is over versions of {names}; a split shares one workload's requests. Make a route for each"
            )

    def _require_no_hash(self) -> None:
        for destination in self.reached if len(self.reached) > 1 else ():
            if isinstance(destination, Subset) and isinstance(destination.load_balancer, ConsistentHash):
                raise hash_in_split("the split", destination)

    def _require_headers_of_its_own(self) -> None:
        for what, given in (("request", self.request_headers), ("response", self.response_headers)):
            destinations = [destination for destination, _ in given]
            for destination in destinations:
                if destination not in self.reached:
                    raise ValueError(
                        f"the split changes {what} headers for {destination}, which gets none of its requests; "
                        f"it reaches {', '.join(map(str, self.reached))}. Leave the headers out, or give it a weight"
                    )
                if destinations.count(destination) > 1:
                    raise ValueError(
                        f"the split changes {what} headers for {destination} twice; give one set of changes"
                    )


def service_of(destination: Destination) -> Workload | ExternalService:
    """What a destination is a part of."""
    return destination.of if isinstance(destination, ExternalDestination) else workload_of(destination)


def workload_of(destination: Workload | Version | Subset) -> Workload:
    """The workload that a destination in the mesh belongs to."""
    return destination if isinstance(destination, Workload) else destination.workload


def protocol_of(destination: Destination) -> Protocol:
    """What is spoken there."""
    if isinstance(destination, ExternalDestination):
        return destination.protocol
    return workload_of(destination).protocol


def hash_in_split(what: str, destination: Destination) -> ValueError:
    """The error for a consistent hash beside other destinations."""
    return ValueError(
        f"{what} shares requests between {destination}, which is balanced by a consistent hash, and others; Envoy draws "
        "the destination by weight for each request, so a key sticks to nothing (istio/istio issue 9764). Pin a version "
        "with StickyCanary, or route to the hashed destination alone"
    )
