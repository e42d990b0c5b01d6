"""The part of kubectl's JSONPath that conditions to wait for are written in: {.a.b[0].c}, ['a.b'], [*], [?(@.k=="v")]."""

import re

from lab.standins.json_values import Json
from lab.standins.refusals import RefusedError

_STEP = re.compile(
    r"""\.(?P<field>(?:\\.|[^.\[\]{}\\])+) | \[(?P<index>-?\d+)\] | \[(?P<all>\*)\] | \[['"](?P<key>[^'"]+)['"]\]
    | \[\?\(@\.(?P<of>[^=\s\]]+)\s*==\s*['"]?(?P<is>[^'"\])]*)['"]?\)\]""",
    re.VERBOSE,
)


def find(expression: str, value: Json) -> list[Json]:
    """Every value the expression leads to; raises RefusedError for an expression outside the covered part."""
    found = [value]
    for step in _steps(expression):
        found = [item for parent in found for item in _follow(step, parent)]
    return found


def _steps(expression: str) -> list[re.Match[str]]:
    body = expression.strip()
    body = body[1:-1] if body.startswith("{") and body.endswith("}") else body
    body = body if body.startswith((".", "[")) else f".{body}"
    steps: list[re.Match[str]] = []
    at = 0
    while at < len(body):
        step = _STEP.match(body, at)
        if step is None:
            raise RefusedError(
                f"JSONPath {expression!r} is not understood from {body[at:]!r} on; covered are .field, [0], [*], "
                "['key'] and [?(@.field==\"value\")]."
            )
        steps.append(step)
        at = step.end()
    return steps


def _follow(step: re.Match[str], value: Json) -> list[Json]:
    key = step["key"] or (step["field"] or "").replace("\\", "")
    if step["index"] is not None:
        at = int(step["index"])
        return [value[at]] if isinstance(value, list) and -len(value) <= at < len(value) else []
    if step["all"]:
        return list(value) if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    if step["of"]:
        rows = value if isinstance(value, list) else []
        return [row for row in rows if isinstance(row, dict) and str(row.get(step["of"])) == step["is"]]
    return [value[key]] if isinstance(value, dict) and key in value else []
