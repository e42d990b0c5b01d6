"""Hosts of virtual services beside each other: which of two covers the other, and the form that only gateways know.

May live here: comparing names, wildcards included. May not live here: whether a name is one, which is formats'.
"""

from __future__ import annotations

from components.api.validation.formats import wildcard_domain_flaw
from components.api.validation.violation import Flaw

__all__ = ["covers", "gateway_host_flaw", "overlap"]

AUTOMATIC = "outbound"


def covers(wide: str, narrow: str) -> bool:
    """Whether every name that `narrow` stands for is one of `wide`'s; a wildcard is covered by a wildcard only."""
    if not wide.startswith("*"):
        return wide == narrow
    if narrow.startswith("*"):
        return len(narrow) >= len(wide) and narrow.endswith(wide[1:])
    return narrow.endswith(wide[1:])


def overlap(first: str, second: str) -> bool:
    """Whether one of them covers the other."""
    return covers(first, second) or covers(second, first)


def gateway_host_flaw(host: str) -> Flaw | None:
    """Like `wildcard_domain_flaw`, and the names are let through that istiod gives clusters of gateways that pass TLS
    through: outbound_.80_._.reviews.default.svc.cluster.local.
    """
    if not host.startswith(f"{AUTOMATIC}_") or len(host) > 255:
        return wildcard_domain_flaw(host)
    parts = host.split("_")
    good = len(parts) >= 4 and any(each in "0123456789" for each in parts[1]) and _has_letter(parts[3])
    return None if good else Flaw(f"{host!r} is not of the form that begins so", "Give outbound_.PORT_._.HOST.")


def _has_letter(text: str) -> bool:
    return any(each.isascii() and each.isalpha() for each in text)
