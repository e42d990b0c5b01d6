"""For programs: the shape that docs/analysis.md promises."""

from __future__ import annotations

import msgspec

from components.analysis.analysing import Analysis

__all__ = ["write"]


def write(analysis: Analysis) -> str:
    """`{"objects": N, "findings": [...]}`, every field of a finding always there."""
    plain = {"objects": analysis.objects, "findings": msgspec.to_builtins(analysis.findings)}
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()
