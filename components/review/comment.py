"""The review as one comment in GitHub's Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from components.analysis import Finding, Severity
from components.review.findings import Findings
from components.review.lines import Mark
from components.review.marking import parts
from components.review.mermaid import flowchart
from components.review.picture import differing
from components.review.preview import Operation
from components.review.resources import Touched
from components.review.review import Review

LIMIT = 65_536
"""The most that GitHub takes, in characters; bytes are counted here, which are never fewer."""

MOST_LINES = 25
"""Of one topic that are shown unfolded: a first preview is long, and the picture says more of it."""

SIGNS = {Mark.NEW: "🟢", Mark.GONE: "🔴", Mark.CHANGED: "🟡"}
SEVERITIES = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.INFO: "i"}

PLAIN = re.compile(r"[\\`*_{}\[\]<>|~&]")
"""What GitHub would read as its own in a sentence that is ours or the analysis's."""
REFERENCE = re.compile(r"(?<![\w`])([@#])(?=\w)")
"""What would call a person, or link an issue."""

COMMAND = re.compile("`(pulumi [^`]*)`")

VERBS = {
    Operation.REPLACE: "Replace: delete and make again",
    Operation.DELETE: "Delete",
    Operation.UPDATE: "Update",
    Operation.CREATE: "Create",
    Operation.IMPORT: "Import",
    Operation.FORGET: "Forget, and leave it where it is",
    Operation.OTHER: "Other",
}


def marker(project: str, stack: str) -> str:
    """The comment's first line, by which a workflow finds its own comment again."""
    return f"<!-- mesh-review: {project}/{stack} -->"


def markdown(review: Review) -> str:
    """The whole comment, cut where GitHub would refuse it; what is cut is said."""
    head = [marker(review.project, review.stack), f"### The mesh of {code(review.stack)}, as this change would make it"]
    if review.failure:
        body = [*head, *_failure(review), *_limits(review)]
        return _joined(body)
    head.append(f"Resources: {review.summary}.")
    # What is cut first stands last in `cuts`; the words and the new findings are what people come for.
    sections = {
        "changes": _changes(review),
        "picture": _picture(review),
        "findings": _findings(review.findings, review.whole),
        "resources": _resources(review.resources),
        "limits": _limits(review),
    }
    for section in ("resources", "picture", "changes", "findings", "limits"):
        text = _joined([*head, *(line for lines in sections.values() for line in lines)])
        over = len(text.encode()) - LIMIT
        if over <= 0:
            return text
        sections[section] = _cut(section, sections[section], over)
    return _joined([*head, *(line for lines in sections.values() for line in lines)])


def code(text: str) -> str:
    """A value as code, whatever is in it."""
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if runs else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def sentence(text: str) -> str:
    """A phrase with its values as code, and nothing else in it that Markdown would act on."""
    return "".join(code(piece) if is_value else _plain(piece) for piece, is_value in parts(text))


def _plain(text: str) -> str:
    escaped = PLAIN.sub(lambda found: f"\\{found.group()}", text.replace("\n", " "))
    # A joiner of no width keeps the sign from calling anybody.
    return REFERENCE.sub("\\1\u2060", escaped)


def _failure(review: Review) -> list[str]:
    said = "\n\n".join(message.removeprefix("error: ") for message in review.failure)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", said)), 3)
    kept = said if len(said) <= LIMIT // 4 else f"{said[: LIMIT // 4]}…"
    return ["**The preview failed.** An update would fail the same way.", f"{fence}text\n{kept}\n{fence}"]


def _changes(review: Review) -> list[str]:
    if not review.changes:
        return ["#### What changes", f"Nothing in the mesh{'; see the resources' if review.resources else ''}."]
    written = ["#### What changes"]
    for topic, lines in groupby(review.changes, key=lambda line: line.topic):
        items = [f"- {SIGNS[line.mark]} {sentence(line.text)}" for line in lines]
        text = "\n".join(items)
        folded = len(items) > MOST_LINES
        written.append(_details(f"{topic.value} ({len(items)})", text) if folded else f"**{topic.value}**\n\n{text}")
    return written


def _picture(review: Review) -> list[str]:
    before, after = review.before, review.after
    if not before.nodes and not after.nodes:
        return []
    folded = f"Of the picture: {sentence(after.folded or before.folded)}." if after.folded or before.folded else ""
    if before == after:
        return [_details("The mesh, before and after alike", _drawn(flowchart(after)), folded)]
    gone, new = differing(before, after), differing(after, before)
    pictures = []
    if before.nodes:
        pictures += ["Before:", _drawn(flowchart(before, highlighted=gone, style="gone"))]
    pictures += ["After:", _drawn(flowchart(after, highlighted=new))]
    return ["#### The mesh", *([folded] if folded else []), *pictures]


def _findings(findings: Findings, whole: bool) -> list[str]:
    written = ["#### Findings"]
    if not (findings.new or findings.still or findings.gone):
        return [*written, "None." if whole else "None in what the preview tells."]
    if findings.new:
        written.append("New with this change:\n\n" + _listed(findings.new))
    else:
        written.append("None that is new.")
    if findings.gone:
        written.append("Gone with it:\n\n" + _listed(findings.gone, remedy=False))
    if findings.still:
        written.append(_details(f"Still there ({len(findings.still)})", _listed(findings.still)))
    return written


def _listed(findings: Sequence[Finding], *, remedy: bool = True) -> str:
    return "\n".join(
        f"- {SEVERITIES[each.severity]} {code(each.code)} {code(each.subject)}"
        f"{f', {code(each.field)}' if each.field else ''}: {_plain(each.message)}."
        f"{f' {_plain(each.remedy)}' if remedy else ''}"
        for each in findings
    )


def _resources(resources: Sequence[Touched]) -> list[str]:
    if not resources:
        return []
    written = []
    for operation, group in groupby(resources, key=lambda each: each.operation):
        items = []
        for each in group:
            items.append(f"- {sentence(each.title)}")
            items += [f"  - {sentence(field)}" for field in each.fields]
        written.append(f"**{VERBS[operation]}**\n\n" + "\n".join(items))
    return [_details(f"Resources ({len(resources)})", *written)]


def _limits(review: Review) -> list[str]:
    return ["#### What a preview can not know", "\n".join(f"- {_sentence(text)}" for text in review.limits)]


def _sentence(text: str) -> str:
    """Like `sentence`, of words of ours in which a command stands as code."""
    return "".join(
        sentence(piece) if place % 2 == 0 else f"`{piece}`" for place, piece in enumerate(COMMAND.split(text))
    )


def _details(summary: str, *blocks: str) -> str:
    body = "\n\n".join(block for block in blocks if block)
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _drawn(chart: str) -> str:
    return f"```mermaid\n{chart}\n```"


def _cut(section: str, blocks: list[str], over: int) -> list[str]:
    """The section without what is too much, with a word about it."""
    said = f"Left out of {section}: the comment would be longer than GitHub takes."
    if section == "picture":
        return ["#### The mesh", said]
    spare = over + len(said.encode()) + len("</details>") + 8
    lines = "\n\n".join(blocks).split("\n")
    dropped = 0
    while lines and spare > 0:
        spare -= len(lines.pop().encode()) + 1
        dropped += 1
    word = said.replace("Left out", f"{dropped} lines are left out", 1)
    kept = "\n".join(lines)
    closing = ["</details>"] * (kept.count("<details>") - kept.count("</details>"))
    return [*([kept] if kept else []), word, *closing]


def _joined(blocks: Sequence[str]) -> str:
    return "\n\n".join(blocks) + "\n"
