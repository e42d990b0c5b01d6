"""For a comment or a job's summary on GitHub."""

from __future__ import annotations

from components.analysis.analysing import Analysis
from components.analysis.faces.counting import summary
from components.analysis.finding import Finding, Severity

__all__ = ["row", "write"]

SIGNS = {Severity.ERROR: "🛑 error", Severity.WARNING: "⚠️ warning", Severity.INFO: "💡 note"}
HEAD = "| | code | where | what and what to do |\n|---|---|---|---|"


def write(analysis: Analysis) -> str:
    """A sentence, and a table when there is something to say."""
    said = f"**{summary(analysis.objects, analysis.findings)}**"
    return "\n".join([said, "", HEAD, *map(row, analysis.findings)]) if analysis.findings else said


def row(finding: Finding) -> str:
    """One row of the table."""
    place = f"<br>{_cell(finding.file)}:{finding.line}" if finding.file and finding.line else ""
    field = f"<br>`{_cell(finding.field)}`" if finding.field else ""
    subject = _cell(finding.subject) if finding.kind else ""
    what = f"{finding.message[:1].upper()}{finding.message[1:]}. {finding.remedy}"
    return f"| {SIGNS[finding.severity]} | {finding.code} | {subject}{field}{place} | {_cell(what)} |"


def _cell(text: str) -> str:
    """Text that can not end a cell, nor be taken for HTML."""
    for character, written in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\r", " "), ("\n", " ")):
        text = text.replace(character, written)
    return text
