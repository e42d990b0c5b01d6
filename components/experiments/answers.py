"""Which destination an answer came from, told by its version, or by an ejected destination's absence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from components.experiments.traffic import Sample, Samples, Seen
from components.model import Destination, ExternalDestination, LoadBalancer, Mesh, Split, Subset, Version, Workload
from components.model.split import workload_of
from components.model.traffic_policy import balancer_of


@dataclass(frozen=True, slots=True)
class Landings:
    """Where a split's requests went: `by_destination` as the split lists them, how many of these were answered for an
    ejected destination by the proxy, how many were answered by something else, and how many by nothing that tells."""

    by_destination: tuple[int, ...]
    ejected: int
    elsewhere: int
    untold: int
    strangers: tuple[str, ...]


def within_mesh(destination: Destination) -> Workload | Version | Subset:
    """The destination itself. Raises `TypeError` for one outside, to which no experiment sends anything."""
    if isinstance(destination, ExternalDestination):
        raise TypeError(f"{destination} is outside of the mesh; its routes are not measured")
    return destination


def versions_in(mesh: Mesh, destination: Destination) -> frozenset[str]:
    """The names of the versions whose pods the destination reaches."""
    within = within_mesh(destination)
    target = within.of if isinstance(within, Subset) else within
    if isinstance(target, Version):
        return frozenset({target.name})
    return frozenset(version.name for version in mesh.versions_of(target))


def pods_in(mesh: Mesh, destination: Destination) -> int:
    """How many pods the destination has, as declared."""
    names = versions_in(mesh, destination)
    workload = workload_of(within_mesh(destination))
    return sum(version.replicas for version in mesh.versions_of(workload) if version.name in names)


def load_balancer_of(mesh: Mesh, destination: Destination) -> LoadBalancer | None:
    """The destination's own, else its workload's; None for Istio's default."""
    workload = workload_of(within_mesh(destination))
    subset = destination if isinstance(destination, Subset) else None
    return balancer_of(mesh.policy_of(workload), subset, workload)


def told_apart(mesh: Mesh, split: Split) -> bool:
    """Whether the version in an answer says which of the split's destinations gave it."""
    sets = [versions_in(mesh, destination) for destination, _ in split.weights]
    return sum(map(len, sets)) == len(frozenset().union(*sets))


def landings(mesh: Mesh, split: Split, samples: Iterable[Sample], seen: Seen) -> Landings:
    """Where the samples went, injected aborts left out.

    A proxy answers for a destination whose endpoints are all ejected. That is the one destination of the split of whose
    versions nobody in the whole battery got anything but gateway errors; if there are several such, it is not told, and if
    there is none, the request went elsewhere.
    """
    sets = [versions_in(mesh, destination) for destination, _ in split.weights]
    well = {sample.version for batch in seen.values() for sample in batch if sample.status and not sample.gateway_error}
    failing = [place for place, names in enumerate(sets) if split.weights[place][1] and not names & well]
    by_destination = [0] * len(sets)
    ejected = untold = 0
    strangers: Counter[str] = Counter()
    for sample in samples:
        place = next((place for place, names in enumerate(sets) if sample.version in names), None)
        if sample.aborted:
            continue
        if place is not None:
            by_destination[place] += 1
        elif sample.without_endpoint and len(failing) == 1:
            by_destination[failing[0]] += 1
            ejected += 1
        elif sample.without_endpoint and not failing:
            strangers["a proxy with no healthy upstream"] += 1
        elif sample.version is not None:
            strangers[f"version {sample.version}"] += 1
        elif sample.status and not sample.gateway_error:
            strangers[f"status {sample.status}"] += 1
        else:
            untold += 1
    names = tuple(f"{count} by {name}" for name, count in strangers.most_common(3))
    return Landings(tuple(by_destination), ejected, strangers.total(), untold, names)


def why_untold(samples: Samples) -> str:
    """The commonest reason why an answer did not come, or did not tell where from."""
    reasons = Counter(
        sample.error or f"status {sample.status} {sample.body.strip()!r}"
        for sample in samples
        if sample.version is None and not sample.aborted and (not sample.status or sample.gateway_error)
    )
    return reasons.most_common(1)[0][0] if reasons else "no reason given"
