"""Why we say something else than istiod, case by case."""

from __future__ import annotations

__all__ = ["REASONS", "WARNING_REASONS"]

NULL_IN_A_MAP = (
    "the condition on a header is null; the API server takes nulls out of maps before istiod sees them, so a cluster"
    " accepts the document, and so do we"
)

REASONS: dict[tuple[str, int], str] = {
    ("VirtualService", 695): NULL_IN_A_MAP,
    ("VirtualService", 734): NULL_IN_A_MAP,
}
"""By kind and number of the case: why one of us refuses it and the other does not."""

WARNING_REASONS: dict[tuple[str, int], str] = {}
"""By kind and number of the case: why only one of us warns."""
