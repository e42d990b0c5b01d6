"""For a terminal: each finding with the line it is about, then how many there are."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from textwrap import wrap

from components.analysis.analysing import Analysis
from components.analysis.faces.counting import summary
from components.analysis.finding import Finding, Severity

__all__ = ["write"]

WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
COLOURS = {Severity.ERROR: "\033[1;31m", Severity.WARNING: "\033[1;33m", Severity.INFO: "\033[1;36m"}
PLAIN = "\033[0m"
LONGEST_LINE = 100


def write(analysis: Analysis) -> str:
    """All findings, the worst first, in paragraphs of the terminal's width."""
    width = min(shutil.get_terminal_size((LONGEST_LINE, 24)).columns, LONGEST_LINE)
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    parts = ["\n".join(_lines(finding, analysis, width, coloured)) for finding in analysis.findings]
    return "\n\n".join([*parts, summary(analysis.objects, analysis.findings)])


def _lines(finding: Finding, analysis: Analysis, width: int, coloured: bool) -> Iterator[str]:
    place = f"{finding.file}:{finding.line}: " if finding.file and finding.line else ""
    word = WORDS[finding.severity]
    shown = f"{COLOURS[finding.severity]}{word}{PLAIN}" if coloured else word
    about = f" {finding.field}" if finding.field else ""
    subject = f" {finding.subject}" if finding.kind else ""
    yield f"{place}{shown} {finding.code}{subject}{about}"
    excerpt = analysis.excerpt(finding)
    if excerpt is not None:
        yield f"    | {excerpt.strip()[: width - 6]}"
    for paragraph in (f"{finding.message[:1].upper()}{finding.message[1:]}.", finding.remedy):
        yield from wrap(paragraph, width, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
