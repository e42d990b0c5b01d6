"""Which regions and zones a caller's requests stay in, go over to, or are shared out among."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from components.model.quantities import require_between

PART = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
PRIORITY = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_./]{0,252}(=[-A-Za-z0-9_.]{0,63})?")
BY_LOCALITY = ("topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone")


@dataclass(frozen=True, slots=True, init=False)
class LocalityFailover:
    """Callers use the endpoints nearest to them, and others only as these are ejected.

    Nearest first is subzone, zone, region. `regions` names the region that takes over from another (None named: any).
    `priority` puts the caller's labels before that: endpoints that share them come first, in this order; `label=value`
    wants that value of the endpoint.

    Without outlier detection nothing is ever ejected, so a policy with a failover needs it.

    Raises `ValueError` for regions that take over from themselves, are given twice or name a zone.
    """

    regions: tuple[tuple[str, str], ...]
    priority: tuple[str, ...]

    def __init__(
        self, regions: Mapping[str, str] | Sequence[tuple[str, str]] = (), *, priority: Sequence[str] = ()
    ) -> None:
        pairs = tuple(regions.items()) if isinstance(regions, Mapping) else tuple((a, b) for a, b in regions)
        object.__setattr__(self, "regions", pairs)
        object.__setattr__(self, "priority", tuple(priority))
        for source, target in pairs:
            for region in (source, target):
                if not PART.fullmatch(region):
                    raise ValueError(
                        f"the failover names the region {region!r}; give a region alone, such as 'us-east', without zone "
                        "or '*'"
                    )
            if source == target:
                raise ValueError(f"region {source!r} fails over to itself; name another, or leave it out")
            if [first for first, _ in pairs].count(source) > 1:
                raise ValueError(f"region {source!r} fails over to two regions; Istio takes one. Name one")
        for label in self.priority:
            name = label.split("=")[0]
            if not PRIORITY.fullmatch(label) or self.priority.count(label) > 1:
                raise ValueError(f"the failover's priority has {label!r}; give label names or label=value, each once")
            if pairs and name in BY_LOCALITY:
                raise ValueError(
                    f"the failover has regions and the label {name!r} in its priority, two orders of the same; "
                    "give one of them"
                )


@dataclass(frozen=True, slots=True, init=False)
class LocalityDistribution:
    """Requests of callers in one locality, shared out in percent among localities.

    A locality is `region`, `region/zone` or `region/zone/subzone`; its last part may be `*`.
    `LocalityDistribution({"west/*": {"west/*": 80, "east/*": 20}})`.

    Raises `ValueError` for shares that do not add up to 100, and for localities that overlap or are none.
    """

    shares: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    def __init__(
        self,
        shares: Mapping[str, Mapping[str, int]] | Sequence[tuple[str, Mapping[str, int] | Sequence[tuple[str, int]]]],
    ) -> None:
        outer = shares.items() if isinstance(shares, Mapping) else shares
        pairs = tuple(
            (caller, tuple(to.items()) if isinstance(to, Mapping) else tuple((a, b) for a, b in to))
            for caller, to in outer
        )
        object.__setattr__(self, "shares", pairs)
        if not pairs:
            raise ValueError("the locality distribution shares nothing out; give it at least one locality of callers")
        _require_apart([caller for caller, _ in pairs])
        for caller, to in pairs:
            _require_apart([target for target, _ in to])
            for target, percent in to:
                require_between(f"the share of {target!r}", percent, least=1, most=100)
            if sum(percent for _, percent in to) != 100:
                raise ValueError(
                    f"callers in {caller!r} have shares of {sum(p for _, p in to)} % in all; they must add up to 100"
                )


@dataclass(frozen=True, slots=True)
class NoLocality:
    """Locality does not count, whatever the mesh's own setting is."""


Locality: TypeAlias = LocalityFailover | LocalityDistribution | NoLocality


def _require_apart(localities: Sequence[str]) -> None:
    for locality in localities:
        parts = locality.split("/")
        if locality != "*" and (
            len(parts) > 3
            or not all(PART.fullmatch(part) for part in parts[:-1])
            or not (parts[-1] == "*" or PART.fullmatch(parts[-1]))
        ):
            raise ValueError(
                f"the locality {locality!r} is none; give region, region/zone or region/zone/subzone, "
                "whose last part may be '*'"
            )
    for one, other in combinations(localities, 2):
        first, second = (_named(locality) for locality in (one, other))
        shorter = min(len(first), len(second))
        if first[:shorter] == second[:shorter]:
            raise ValueError(f"the localities {one!r} and {other!r} overlap; Istio wants them apart. Name each once")


def _named(locality: str) -> list[str]:
    return [part for part in locality.split("/") if part != "*"]
