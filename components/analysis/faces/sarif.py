"""For GitHub's code scanning: SARIF 2.1.0, so that findings stand on the lines of a diff.

Source: docs.oasis-open.org/sarif/sarif/v2.1.0, and what GitHub reads of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec

from components.analysis.analysing import Analysis
from components.analysis.catalogue import title_of
from components.analysis.finding import Finding, Severity

__all__ = ["write"]

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(analysis: Analysis) -> str:
    """One run, with the rules that findings name. A finding without a file is left at the first line of nothing."""
    codes = sorted({finding.code for finding in analysis.findings})
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "mesh analysis", "rules": [_rule(code) for code in codes]}},
        "results": [_result(finding, codes, seen) for finding in analysis.findings],
        "columnKind": "unicodeCodePoints",
    }
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def _rule(code: str) -> dict[str, Any]:
    return {"id": code, "shortDescription": {"text": title_of(code)}}


def _result(finding: Finding, codes: list[str], seen: Counter[str]) -> dict[str, Any]:
    subject = f"{finding.subject}: " if finding.kind else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": LEVELS[finding.severity],
        "message": {"text": f"{subject}{finding.message}. {finding.remedy}"},
        "partialFingerprints": {"subjectAndField/v1": _fingerprint(finding, seen)},
    }
    if finding.file is not None:
        place = {
            "artifactLocation": {"uri": quote(PurePath(finding.file).as_posix())},
            "region": {"startLine": finding.line or 1},
        }
        result["locations"] = [{"physicalLocation": place}]
    return result


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """The same for the same finding, though lines above it come and go."""
    said = "\0".join((finding.code, finding.subject, finding.field, finding.file or ""))
    seen[said] += 1
    return hashlib.sha256(f"{said}\0{seen[said]}".encode()).hexdigest()[:32]
