"""Every code there is, and what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from components.analysis.check import registered
from components.api.validation import codes as validation_codes

__all__ = ["READING", "catalogue", "title_of"]

READING: Mapping[str, str] = {
    "R001": "a file can not be read",
    "R002": "a file is not UTF-8",
    "R003": "a file is not YAML",
    "R004": "a key stands twice in one object",
    "R005": "a file is a template that nobody rendered",
    "R006": "a document has no apiVersion, or no kind",
    "R007": "a document is nested too deeply, or its aliases stand for too much",
    "R008": "a document is no object",
    "R009": "symbolic links form a loop",
    "R010": "a file is too large",
}
OTHERS: Mapping[str, str] = {"M0001": "a suppression that can not be understood"}


@cache
def catalogue() -> Mapping[str, str]:
    """Titles by code: reading (R), the CRDs and the webhook (V), checks (M)."""
    checks = {each.check.code: each.check.title for each in registered()}
    return {**READING, **validation_codes(), **OTHERS, **checks}


def title_of(code: str) -> str:
    """What a code stands for."""
    return catalogue()[code]
