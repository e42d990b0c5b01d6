"""Why we say something else than istiod's own tests, case by case.

Those tests hand messages to the rules that no document is read as: istiod itself, asked about the case as a document, says
what we say (test_differential has it asked).
"""

from __future__ import annotations

__all__ = ["REASONS", "WARNING_REASONS"]

NULL_CONDITION = (
    "a condition on a header is null; read from a document it is an empty one, which asks for the header only"
)
EMPTY_LIST = "an empty `from` is handed over; read from a document it is one that is not set"

REASONS: dict[tuple[str, int], str] = {
    ("VirtualService", 695): NULL_CONDITION,
    ("VirtualService", 734): NULL_CONDITION,
    ("AuthorizationPolicy", 442): EMPTY_LIST,
}
"""By kind and number of the case: why one of us refuses it and the other does not."""

WARNING_REASONS: dict[tuple[str, int], str] = {
    ("EnvoyFilter", 749): "istiod warns of every EnvoyFilter; its test does not look at that warning",
}
"""By kind and number of the case: why only one of us warns."""
