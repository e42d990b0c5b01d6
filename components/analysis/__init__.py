"""What a set of documents means together: what istioctl and Kiali would report, and what neither knows.

May live here: reading files, the snapshot of a mesh that checks look at, the checks (one a file), the reports of what
they find. May not live here: what one document alone is refused for (components.api.validation), words of our own,
anything of Pulumi. Checks read documents, not the model, so they serve a program, a folder and a live cluster alike.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from components.analysis.analysing import Analysis, analyse, analyse_documents
    from components.analysis.finding import Finding, Severity
    from components.analysis.suppression import Suppression

__all__ = ["Analysis", "Finding", "Severity", "Suppression", "analyse", "analyse_documents"]

MODULES = {
    "Analysis": "analysing",
    "Finding": "finding",
    "Severity": "finding",
    "Suppression": "suppression",
    "analyse": "analysing",
    "analyse_documents": "analysing",
}
"""Imported when a name is asked for: the command starts to read before the checks are loaded."""


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
