"""The resources that the update touches, each with the fields that change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.api import JSON
from components.review.differences import differences
from components.review.fields import said
from components.review.marking import listed, value
from components.review.preview import Operation, Preview, Step
from components.review.redaction import SECRET

MOST_FIELDS = 40
"""Of one resource."""

ORDER = (
    Operation.REPLACE,
    Operation.DELETE,
    Operation.UPDATE,
    Operation.CREATE,
    Operation.IMPORT,
    Operation.FORGET,
    Operation.OTHER,
)
"""What can hurt comes first."""


@dataclass(frozen=True, kw_only=True)
class Touched:
    """One resource: what becomes of it and the fields that change, as phrases."""

    operation: Operation
    title: str
    fields: tuple[str, ...] = ()


def touched(preview: Preview) -> tuple[Touched, ...]:
    """All that do not stay as they are."""
    steps = [step for step in preview.steps if step.changes]
    return tuple(_touched(step) for operation in ORDER for step in steps if step.operation is operation)


def counted(preview: Preview) -> str:
    """`3 to create, 6 to update, 54 stay`."""
    steps = [step.operation for step in preview.steps if step.changes]
    parts = [f"{steps.count(operation)} to {operation.value}" for operation in ORDER if operation in steps]
    stay = f"{preview.unchanged} {'stays as it is' if preview.unchanged == 1 else 'stay as they are'}"
    return ", ".join([*parts, *([stay] if preview.unchanged else [])]) or "no resource"


def _touched(step: Step) -> Touched:
    because = f", because of {listed([value(reason) for reason in step.reasons])}" if step.reasons else ""
    odd = f" (the engine says {value(step.word)})" if step.operation is Operation.OTHER else ""
    return Touched(operation=step.operation, title=f"{value(step.title)}{because}{odd}", fields=tuple(_bounded(step)))


def _bounded(step: Step) -> Iterator[str]:
    fields = list(_fields(step))
    yield from fields[:MOST_FIELDS]
    if len(fields) > MOST_FIELDS:
        yield f"and {len(fields) - MOST_FIELDS} more fields"


def _fields(step: Step) -> Iterator[str]:
    if step.operation not in (Operation.UPDATE, Operation.REPLACE, Operation.OTHER):
        return
    if step.before is None or step.after is None:
        if step.before is not None or step.after is not None or step.type.startswith("kubernetes:"):
            yield "the preview does not tell its fields"
        return
    told = set()
    for change in differences(step.before, step.after):
        told.add(_bare(change.field))
        yield f"{value(change.field)}: {_text(change.before)} → {_text(change.after)}"
    # A secret looks the same before and after, and a provider may know better than its inputs.
    for path in step.changed:
        bare = _bare(path)
        if any(bare.startswith(each) or each.startswith(bare) for each in told):
            continue
        hidden = _below(step.after, bare) == SECRET or _below(step.before, bare) == SECRET
        yield f"{value(path)}: changes{', its value is secret' if hidden else ', as the provider says'}"


def _text(part: JSON | object) -> str:
    if isinstance(part, str) and "\n" in part.strip():
        return f"{len(part.splitlines())} lines"
    return said(part)  # type: ignore[arg-type]


def _bare(path: str) -> str:
    """A path without the items of lists, which the engine and we name differently."""
    return re.sub(r"\[[^\]]*\]", "", path)


def _below(inputs: Mapping[str, JSON] | None, path: str) -> JSON:
    found: JSON = inputs
    for part in path.split("."):
        if isinstance(found, Sequence) and not isinstance(found, str) and found:
            found = found[0]
        if not isinstance(found, Mapping):
            return found
        found = found.get(part)
    return found
