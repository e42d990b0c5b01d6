"""Findings that somebody has looked at and said why they may stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any

import msgspec

from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity

__all__ = ["ANNOTATION", "ISTIO_ANNOTATION", "Suppression", "kept"]

ANNOTATION = "servicex-mesh/suppress"
""" "M0301: the delay is what we test; M0102: made elsewhere": codes, each with a reason."""
ISTIO_ANNOTATION = "galley.istio.io/analyze-suppress"
"""Istio's own: codes of istioctl or of this program, separated by commas, or "*"."""


class Suppression(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Findings that a stack's configuration lets stand."""

    code: str
    """M or IST and digits. What the webhook or a CRD refuses (V) can not be let stand: it would be refused."""
    object: str = "*"
    """Kind and name as a finding names it, "VirtualService shop/servicex"; "*" stands for anything."""
    reason: str
    """Why they may stand."""

    def covers(self, finding: Finding) -> bool:
        """Whether it is about that finding."""
        return self.code in (finding.code, finding.istio) and fnmatchcase(finding.subject, self.object)


def kept(
    findings: Iterable[Finding], objects: Iterable[Declared[Any]], suppressions: Iterable[Suppression]
) -> Iterator[Finding]:
    """Findings that nothing suppresses, and those about suppressions that can not be understood.

    Refusals stand whatever an annotation says.
    """
    given = tuple(suppressions)
    annotated: dict[tuple[str | None, str | None, str | None, str | None], frozenset[str]] = {}
    for each in objects:
        codes, flaws = _annotated(each)
        yield from flaws
        if codes:
            annotated[(each.kind, each.written_namespace, each.name, each.file)] = codes
    for finding in findings:
        codes = annotated.get((finding.kind, finding.namespace, finding.name, finding.file), frozenset())
        refused = finding.code[0] in "VR" and finding.severity is Severity.ERROR
        let_stand = {finding.code, finding.istio, "*"} & codes or any(each.covers(finding) for each in given)
        if refused or not let_stand:
            yield finding


def _annotated(declared: Declared[Any]) -> tuple[frozenset[str], list[Finding]]:
    annotations = declared.annotations
    if ISTIO_ANNOTATION not in annotations and ANNOTATION not in annotations:
        return frozenset(), []
    codes = {each.strip() for each in annotations.get(ISTIO_ANNOTATION, "").split(",") if each.strip()}
    flaws: list[Finding] = []
    for part in filter(None, (each.strip() for each in annotations.get(ANNOTATION, "").split(";"))):
        code, _, reason = (each.strip() for each in part.partition(":"))
        if reason:
            codes.add(code)
        else:
            message = f"{part!r} suppresses nothing: it gives no reason"
            remedy = f'Write the code, a colon and why: "{code}: the reason"; several are separated by ";".'
            field = f'metadata.annotations["{ANNOTATION}"]'
            flaws.append(declared.finding("M0001", Severity.WARNING, field, message, remedy, istio=None))
    return frozenset(codes), flaws
