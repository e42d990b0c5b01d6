"""What the analysis finds in the mesh as it will be, and what of it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.analysis import Finding, Severity, analyse
from components.analysis.reading import Source
from components.api import JSON
from components.review.objects import Side, Sides
from components.review.redaction import SECRET, UNKNOWN

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The worst first."""

HIDDEN = (SECRET, UNKNOWN)

ALONE = "V"
"""How the codes begin of what one document is refused or warned of, whatever else there is."""

Analyse = Callable[[Sequence[Mapping[str, JSON]], bool], Sequence[Finding]]
"""Plain documents in, and whether they are all there are; findings out."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The worst first: those that the change brings, those that were there before, and those that it takes away."""

    new: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()

    def at_least(self, severity: Severity) -> bool:
        """Whether the mesh as it will be has one of that severity or a worse one."""
        worst = ORDER[: ORDER.index(severity) + 1]
        return any(finding.severity in worst for finding in (*self.new, *self.still))


def found(sides: Sides, *, whole: bool, analyse: Analyse | None = None) -> Findings:
    """Findings of both sides, compared. Of a preview that is not `whole`, only what is wrong with a document alone."""
    look = analyse or analysed
    before, after = (
        [finding for finding in look(_documents(side), whole) if _certain(finding, side, whole)]
        for side in (sides.before, sides.after)
    )
    return compared(before, after)


def analysed(documents: Sequence[Mapping[str, JSON]], whole: bool) -> Sequence[Finding]:
    """The project's own analysis."""
    return analyse([Source(document) for document in documents], complete=whole).findings


def compared(before: Iterable[Finding], after: Iterable[Finding]) -> Findings:
    """Findings are the same when code, object and message are; a field's place in a list may have moved."""
    old, new = {_identity(each): each for each in before}, {_identity(each): each for each in after}
    return Findings(
        new=_sorted(finding for key, finding in new.items() if key not in old),
        still=_sorted(finding for key, finding in new.items() if key in old),
        gone=_sorted(finding for key, finding in old.items() if key not in new),
    )


def _documents(side: Side) -> list[Mapping[str, JSON]]:
    return [dict(_told(each.document)) for each in side.objects.values()]


def _told(document: Mapping[str, JSON]) -> Iterator[tuple[str, JSON]]:
    """A document without the fields whose values are hidden or not known yet; what is left is true."""
    for key, each in document.items():
        if each in HIDDEN:
            continue
        if isinstance(each, Mapping):
            yield key, dict(_told(each))
        elif isinstance(each, Sequence) and not isinstance(each, str):
            items = [item for item in each if item not in HIDDEN]
            yield key, [dict(_told(item)) if isinstance(item, Mapping) else item for item in items]
        else:
            yield key, each


def _certain(finding: Finding, side: Side, whole: bool) -> bool:
    # What a Secret holds is hidden, so nothing can be said of it; and an image may be known only after the update.
    if finding.kind == "Secret" or (finding.field and _hidden(finding, side)):
        return False
    return whole or finding.code.startswith(ALONE)


def _hidden(finding: Finding, side: Side) -> bool:
    for key, each in side.objects.items():
        if (key.kind, key.namespace, key.name) == (finding.kind, finding.namespace or "", finding.name or ""):
            value: JSON = each.document
            for part in finding.field.replace("[", ".[").split("."):
                if isinstance(value, Mapping):
                    value = value.get(part)
                elif isinstance(value, Sequence) and not isinstance(value, str) and part.strip("[]").isdigit():
                    place = int(part.strip("[]"))
                    value = value[place] if place < len(value) else None
            return value in HIDDEN
    return False


def _identity(finding: Finding) -> tuple[str | None, ...]:
    return (finding.code, finding.kind, finding.namespace, finding.name, finding.message)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (ORDER.index(finding.severity), finding.code, finding.subject)))
