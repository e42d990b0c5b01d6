"""mesh-findings: what components.analysis calls an error, as a policy of the stack; the rest is mesh_warnings'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from components.analysis import Finding, Severity, Suppression, analyse
from components.analysis.reading import Source
from policy.declaration import Level, Policy, Scope, Settings
from policy.paths import Path, overlaps
from policy.stack_documents import Read, StackDocuments, Subject
from policy.violation import Outcome, Unknown, Violation

__all__ = ["POLICY", "FindingSettings", "outcomes", "path_of"]

STEP = re.compile(r"\[(\d+)\]|\[\"?([^\]\"]*)\"?\]|([^.\[]+)")


class FindingSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What mesh-findings and mesh-warnings may be told."""

    complete: Annotated[
        bool,
        Meta(
            description="Whether all that concerns the stack's namespaces is in the stack, so that what it lacks is not."
        ),
    ] = True
    suppressions: Annotated[
        tuple[Suppression, ...], Meta(description="Findings that may stand: code, object and the reason.")
    ] = ()


def check(stack: StackDocuments, settings: FindingSettings) -> Iterator[Outcome]:
    """A violation for each finding of severity error."""
    return outcomes(stack, settings, Severity.ERROR)


def outcomes(stack: StackDocuments, settings: FindingSettings, *severities: Severity) -> Iterator[Outcome]:
    """A violation for each finding of these severities."""
    found = analyse(
        (Source(read.given.document) for read in stack),
        suppressions=settings.suppressions,
        complete=settings.complete,
    )
    named = {(read.declared.kind, read.declared.written_namespace, read.declared.name): read for read in stack}
    for finding in found.findings:
        if finding.severity not in severities:
            continue
        read = named.get((finding.kind or "", finding.namespace, finding.name or ""))
        subject = read.subject if read else _subject(finding)
        # Of a document with an unknown part the analysis sees the rest, and may miss in it what will be there.
        if read is not None and _rests_on_unknown(finding, read):
            yield Unknown(subject, finding.field or "spec", f"{finding.code} looks at a part that is not known yet")
            continue
        code = f"{finding.code} ({finding.istio})" if finding.istio else finding.code
        yield Violation(subject, finding.field or "spec", f"{code}: {finding.message.rstrip('.')}", finding.remedy)


def path_of(field: str) -> Path:
    """The field of a finding as a path; keys with dots stand in brackets and quotes."""
    steps = ((int(place) if place else key or name) for place, key, name in STEP.findall(field))
    return tuple(steps)


def _rests_on_unknown(finding: Finding, read: Read) -> bool:
    path = path_of(finding.field)
    return any(overlaps(unknown, path) for unknown in read.given.unknown)


def _subject(finding: Finding) -> Subject:
    return Subject(kind=finding.kind or "stack", name=finding.name or "", namespace=finding.namespace or "")


POLICY = Policy(
    name="mesh-findings",
    description="Nothing in the stack's documents is an error by the checks of components.analysis.",
    level=Level.MANDATORY,
    scope=Scope.STACK,
    settings=FindingSettings(),
    check=check,
)
