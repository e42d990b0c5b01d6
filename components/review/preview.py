"""The output of `pulumi preview --json`, read: what is to be done to which resource, and what the engine said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from components.api import JSON
from components.review.errors import Unusable
from components.review.redaction import redacted

NAME = re.compile(r"[A-Za-z0-9_.-]+\Z")
"""Projects' and stacks' names; nothing else gets into the comment's marker."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m|<\{%.*?%\}>")
"""A terminal's, and Pulumi's own where nobody turned them into those."""

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""All but the ends of lines and tabs: nothing that is said moves a cursor, or turns the direction of reading."""


class Operation(Enum):
    """What becomes of a resource; the value is the verb that the comment uses."""

    SAME = "keep"
    CREATE = "create"
    IMPORT = "import"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    FORGET = "forget"
    READ = "read"
    OTHER = "other"


OPERATIONS = {
    "same": Operation.SAME,
    "create": Operation.CREATE,
    "import": Operation.IMPORT,
    "update": Operation.UPDATE,
    "refresh": Operation.SAME,
    "replace": Operation.REPLACE,
    "create-replacement": Operation.REPLACE,
    "delete-replaced": Operation.REPLACE,
    "import-replacement": Operation.REPLACE,
    "read-replacement": Operation.REPLACE,
    "discard-replaced": Operation.REPLACE,
    "remove-pending-replace": Operation.REPLACE,
    "delete": Operation.DELETE,
    "discard": Operation.FORGET,
    "read": Operation.READ,
    "diff": Operation.SAME,
    "extend-parameterize": Operation.SAME,
}
"""By the word of the engine (pkg/resource/deploy/step.go)."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One resource. `before` and `after` are its inputs, without secrets; None where it is not there or not told."""

    word: str
    """The operation as the engine calls it."""
    operation: Operation
    urn: str
    type: str
    """Such as kubernetes:networking.istio.io/v1:VirtualService."""
    name: str
    before: Mapping[str, JSON] | None = None
    after: Mapping[str, JSON] | None = None
    changed: tuple[str, ...] = ()
    """The paths that the provider says change, such as spec.http[0].timeout."""
    reasons: tuple[str, ...] = ()
    """The fields because of which it is replaced."""

    @property
    def title(self) -> str:
        """Kind and name; many names begin with the kind."""
        kind = self.type.rpartition(":")[2] or self.type
        return self.name if self.name.startswith(f"{kind}/") else f"{kind} {self.name}".strip()

    @property
    def changes(self) -> bool:
        return self.operation not in (Operation.SAME, Operation.READ)


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """What the engine or a plugin said."""

    severity: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One preview; `unchanged` counts the resources that stay as they are, listed or not."""

    project: str
    stack: str
    steps: tuple[Step, ...]
    diagnostics: tuple[Diagnostic, ...]
    unchanged: int

    @property
    def failed(self) -> tuple[Diagnostic, ...]:
        """What made it fail; empty for a preview that went through."""
        return tuple(said for said in self.diagnostics if said.severity == "error")

    @property
    def whole(self) -> bool:
        """Whether it tells all of the stack: without --show-sames, what stays as it is is left out."""
        return not self.failed and sum(step.operation is Operation.SAME for step in self.steps) >= self.unchanged


def read(text: str, *, project: str = "", stack: str = "") -> Preview:
    """The preview in `text`. `project` and `stack` stand where no resource of it names them.

    Raises Unusable for what is no preview, and for one of another stack than the given one.
    """
    document = _parsed(text)
    said = document.get("diagnostics")
    listed = document.get("steps")
    if not isinstance(listed, Sequence) and not said:
        raise Unusable(
            "the input has neither `steps` nor `diagnostics`, so it is not what `pulumi preview --json` prints; give that "
            "command's whole output"
        )
    steps = _merged([_step(entry) for entry in _objects(listed, "steps")])
    named = next((step.urn.split("::") for step in steps if step.urn.startswith("urn:pulumi:")), None)
    found_stack, found_project = (named[0].removeprefix("urn:pulumi:"), named[1]) if named else (stack, project)
    if stack and found_stack.split("/")[-1] != stack.split("/")[-1]:
        raise Unusable(
            f"the preview is of stack {found_stack!r}, and --stack says {stack!r}; leave --stack out, or correct it"
        )
    for what, name in (("project", found_project), ("stack", found_stack)):
        if not NAME.match(name):
            raise Unusable(
                f"the preview names no {what} that could mark the comment (got {name!r}); give --stack NAME, and run this in "
                "the folder of Pulumi.yaml"
            )
    summary = document.get("changeSummary")
    same = summary.get("same", 0) if isinstance(summary, Mapping) else 0
    return Preview(
        project=found_project,
        stack=found_stack,
        steps=steps,
        diagnostics=tuple(
            Diagnostic(severity=str(entry.get("severity", "info")), message=_plain(entry.get("message", "")))
            for entry in _objects(said, "diagnostics")
        ),
        unchanged=same if isinstance(same, int) else 0,
    )


def _parsed(text: str) -> Mapping[str, JSON]:
    if not text.strip():
        raise Unusable(
            "the input is empty; `pulumi preview --json` prints nothing when it can not start, and says why on stderr"
        )
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            raise Unusable(
                "the input is a stream of events, one a line; unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW and preview again"
            ) from None
        raise Unusable(
            f"the input is no JSON: {error.msg} at line {error.lineno}, column {error.colno}; give the whole output of "
            "`pulumi preview --json`, without its stderr"
        ) from None
    except RecursionError:
        raise Unusable(
            "the input is JSON nested too deeply to be a preview; give the output of `pulumi preview --json`"
        ) from None
    if not isinstance(document, dict):
        raise Unusable(
            f"the input is JSON, but {type(document).__name__} where a preview is an object; give the whole output"
        )
    return document


def _objects(listed: JSON, what: str) -> list[Mapping[str, JSON]]:
    entries = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ()
    for place, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            raise Unusable(
                f"`{what}[{place}]` is {entry!r:.60}, and must be an object; give Pulumi's output as it was printed"
            )
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _step(entry: Mapping[str, JSON]) -> Step:
    word, urn = entry.get("op"), entry.get("urn")
    if not isinstance(word, str) or not isinstance(urn, str):
        raise Unusable(
            f"a step has op {word!r} and urn {urn!r:.60}, and both must be text; give Pulumi's output as it was printed"
        )
    parts = urn.split("::")
    detailed, reasons = entry.get("detailedDiff"), entry.get("replaceReasons")
    return Step(
        word=word,
        operation=OPERATIONS.get(word, Operation.OTHER),
        urn=urn,
        type=parts[2].split("$")[-1] if len(parts) > 2 else "",
        name="::".join(parts[3:]) or urn,
        before=_inputs(entry.get("oldState")),
        after=None if word in ("delete", "delete-replaced", "discard") else _inputs(entry.get("newState")),
        changed=tuple(detailed) if isinstance(detailed, Mapping) else (),
        reasons=tuple(map(str, reasons)) if isinstance(reasons, Sequence) and not isinstance(reasons, str) else (),
    )


def _inputs(state: JSON) -> Mapping[str, JSON] | None:
    inputs = state.get("inputs") if isinstance(state, Mapping) else None
    return redacted(inputs) if isinstance(inputs, Mapping) else None


def _merged(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Sorted, and the two or three steps of a replacement, as --show-replacement-steps lists them, as one."""
    merged: dict[tuple[str, Operation], Step] = {}
    for place, step in enumerate(steps):
        if step.operation is not Operation.REPLACE:
            merged[f"{place}", step.operation] = step
            continue
        known = merged.get((step.urn, Operation.REPLACE), step)
        merged[step.urn, Operation.REPLACE] = replace(
            known,
            word="replace",
            before=known.before or step.before,
            after=known.after or step.after,
            changed=known.changed or step.changed,
            reasons=known.reasons or step.reasons,
        )
    # Resources are registered in an order that differs from run to run; the comment must not.
    return tuple(sorted(merged.values(), key=lambda step: step.urn))


def _plain(message: JSON) -> str:
    return CONTROLS.sub("", COLOURS.sub("", str(message))).strip()
