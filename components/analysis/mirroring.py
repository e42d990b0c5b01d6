"""Copies of requests that rules send elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from components.api.networking.virtual_service import Destination, HTTPRoute

__all__ = ["Mirror", "mirrors_of"]


class Mirror(NamedTuple):
    """One destination of copies."""

    path: str
    """Of mirror, or of the entry of mirrors."""
    destination: Destination
    share: float | None
    """In percent; None: not given, which means all."""


def mirrors_of(rule: HTTPRoute, path: str) -> Iterator[Mirror]:
    """The mirrors of a rule that get anything. Source: pilot's MirrorPercent and MirrorPercentByPolicy."""
    if rule.mirror is not None:
        share: float | None = None
        if rule.mirror_percentage is not None:
            share = rule.mirror_percentage.value or 0
        elif rule.mirror_percent is not None:
            share = rule.mirror_percent
        if share != 0:
            yield Mirror(f"{path}.mirror", rule.mirror, share)
    for number, each in enumerate(rule.mirrors):
        share = (each.percentage.value or 0) if each.percentage is not None else None
        if each.destination is not None and share != 0:
            yield Mirror(f"{path}.mirrors[{number}]", each.destination, share)
