"""Findings as people and programs read them: text, JSON, SARIF, Markdown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from components.analysis.analysing import Analysis

__all__ = ["face"]


def face(name: str) -> Callable[[Analysis], str]:
    """The function that writes an analysis as text, json, sarif or markdown; its module is imported only now."""
    write: Callable[[Analysis], str] = import_module(f"{__name__}.{name}").write
    return write
