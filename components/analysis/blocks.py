"""The blocks of a traffic policy, by the names that documents give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from components.analysis.rule_lookup import Policy
from components.api.networking.destination_rule import ClientTLSSettings, LoadBalancerSettings

__all__ = ["MUTUAL", "blocks_of", "leaves_of", "names"]

MUTUAL = ClientTLSSettings.TLSmode.ISTIO_MUTUAL


def blocks_of(policy: Policy, *, auto_mtls: bool = True) -> Mapping[str, Any]:
    """The blocks that are given. Without tls where it says only what the mesh does by itself (`auto_mtls`)."""
    given = {
        "loadBalancer": policy.load_balancer,
        "connectionPool": policy.connection_pool,
        "outlierDetection": policy.outlier_detection,
        "tls": policy.tls,
    }
    if auto_mtls and policy.tls == ClientTLSSettings(mode=MUTUAL):
        del given["tls"]
    return {name: block for name, block in given.items() if block is not None}


def leaves_of(block: msgspec.Struct, path: str = "") -> Iterator[str]:
    """The paths of what is given in a block: "http.maxRetries"."""
    for field in msgspec.structs.fields(block):
        value = getattr(block, field.name)
        if value is None or value == () or value == {}:
            continue
        where = f"{path}.{field.encode_name}" if path else field.encode_name
        if isinstance(block, LoadBalancerSettings) and field.name in ("simple", "consistent_hash"):
            yield "the algorithm"  # one replaces the other, on purpose
        elif isinstance(value, msgspec.Struct):
            yield from leaves_of(value, where)
        else:
            yield where


def names(given: list[str]) -> str:
    """ "a, b and c"."""
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} and {given[-1]}"
