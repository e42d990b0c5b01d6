"""A preview, reviewed: everything that the comment says, before it is written for a reader."""

from __future__ import annotations

from dataclasses import dataclass

from components.review.findings import Analyse, Findings, found
from components.review.limits import limits
from components.review.lines import Line
from components.review.objects import sides
from components.review.picture import Graph, graphs
from components.review.preview import Operation, Preview
from components.review.resources import Touched, counted, touched
from components.review.wording import changes


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a reader is told. Texts carry the marks of `marking`."""

    project: str
    stack: str
    failure: tuple[str, ...]
    """What made the preview fail, as the engine said it; empty for one that went through."""
    summary: str
    changes: tuple[Line, ...]
    before: Graph
    after: Graph
    findings: Findings
    whole: bool
    resources: tuple[Touched, ...]
    limits: tuple[str, ...]


def review(preview: Preview, *, analyse: Analyse | None = None) -> Review:
    """Look at both sides of a preview. `analyse` stands in for the project's own analysis."""
    both = sides(preview)
    before, after = graphs(both)
    # A preview that failed lists what it had come to; the rest is not gone, only unknown.
    failed = bool(preview.failed)
    replaced = [step for step in preview.steps if step.operation is Operation.REPLACE]
    return Review(
        project=preview.project,
        stack=preview.stack,
        failure=tuple(said.message for said in preview.failed),
        summary=counted(preview),
        changes=() if failed else changes(both, replaced),
        before=before,
        after=after,
        findings=Findings() if failed else found(both, whole=preview.whole, analyse=analyse),
        whole=preview.whole,
        resources=() if failed else touched(preview),
        limits=limits(preview, both),
    )
