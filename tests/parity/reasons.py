"""Why we say something else than istiod, case by case."""

from __future__ import annotations

__all__ = ["REASONS", "WARNING_REASONS"]

NULL_IN_A_MAP = (
    "the condition on a header is null; the API server takes nulls out of maps before istiod sees them, so a cluster"
    " accepts the document, and so do we"
)

EMPTY_LIST = "a rule has an empty `from`; read from a document, it is a list that is not set, and istiod itself accepts it, as we do"
EMPTY_MAP = (
    "portLevelMtls is an empty map; istiod refuses it, but to components.api an empty map and one that is not set are the"
    " same, so we cannot see it"
)

REASONS: dict[tuple[str, int], str] = {
    ("AuthorizationPolicy", 442): EMPTY_LIST,
    ("PeerAuthentication", 587): EMPTY_MAP,
    ("VirtualService", 695): NULL_IN_A_MAP,
    ("VirtualService", 734): NULL_IN_A_MAP,
}
"""By kind and number of the case: why one of us refuses it and the other does not."""

WARNING_REASONS: dict[tuple[str, int], str] = {}
"""By kind and number of the case: why only one of us warns."""
