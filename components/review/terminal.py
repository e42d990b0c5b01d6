"""The review in a terminal: the same words, with the mesh as a tree."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from components.analysis import Severity
from components.review.lines import Mark
from components.review.marking import parts, unmarked, value
from components.review.picture import Differing, Graph, differing
from components.review.review import Review

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

COLOURS = {Mark.NEW: "green", Mark.GONE: "red", Mark.CHANGED: "yellow"}
SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
LONGEST = 2_000
"""Characters of one finding."""

WIDTH = 120
"""Columns where the stream is no terminal."""


def text(review: Review, stream: TextIO) -> None:
    """Print the review; colours only where the stream is a terminal."""
    # rich is slow to import, and a comment does not need it.
    from rich.console import Console

    console = Console(
        file=stream, width=None if stream.isatty() else WIDTH, highlight=False, soft_wrap=not stream.isatty()
    )
    console.print(f"The mesh of {review.stack}, as this change would make it", style="bold", markup=False)
    for message in review.failure:
        console.print("The preview failed:", style="bold red")
        console.print(message, markup=False)
    if not review.failure:
        console.print(f"Resources: {review.summary}.")
        _changes(review, console)
        _picture(review, console)
        _findings(review, console)
        _resources(review, console)
    console.print("\nWhat a preview can not know", style="bold")
    for limit in review.limits:
        console.print(_text(f"- {limit.replace('`', '')}"))


def _changes(review: Review, console: Console) -> None:
    if not review.changes:
        console.print("\nNothing changes in the mesh.", style="bold")
    for topic, lines in groupby(review.changes, key=lambda line: line.topic):
        console.print(f"\n{topic.value}", style="bold")
        for line in lines:
            sign = _text(f"{line.mark.value} ")
            sign.stylize(COLOURS[line.mark])
            console.print(sign + _text(line.text))


def _picture(review: Review, console: Console) -> None:
    if not review.after.nodes:
        return
    console.print("\nThe mesh after it", style="bold")
    console.print(_tree(review.after, differing(review.after, review.before)))
    if review.after.folded:
        console.print(review.after.folded)


def _tree(graph: Graph, new: Differing) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    targets = {target for _, target in graph.edges}
    root = Tree("", hide_root=True)

    def grow(tree: Tree, key: str, label: str) -> None:
        said = ", ".join(graph.nodes[key].label)
        branch = tree.add(Text(f"{label}  {said}" if label else said, style="green" if key in new.nodes else ""))
        for (source, target), share in graph.edges.items():
            if source == key:
                grow(branch, target, share)

    for key in graph.nodes:
        if key not in targets:
            grow(root, key, "")
    return root


def _findings(review: Review, console: Console) -> None:
    console.print("\nFindings", style="bold")
    groups = (("new", review.findings.new), ("still there", review.findings.still), ("gone", review.findings.gone))
    for word, findings in groups:
        for each in findings:
            said = f"{each.code} {each.subject} {each.field}: {each.message}. {each.remedy if word != 'gone' else ''}"
            head = _text(f"{word}: {each.severity.value} ")
            head.stylize(SEVERITIES[each.severity])
            console.print(head + _text(unmarked(value(said, longest=LONGEST))))
    if not any(findings for _, findings in groups):
        console.print("none" if review.whole else "none in what the preview tells")


def _resources(review: Review, console: Console) -> None:
    if review.resources:
        console.print("\nResources", style="bold")
    for each in review.resources:
        console.print(_text(f"{each.operation.value:8} {unmarked(each.title)}"))
        for field in each.fields:
            console.print(_text(f"           {field}"))


def _text(phrase: str) -> Text:
    from rich.text import Text

    said = Text()
    for piece, is_value in parts(phrase):
        said.append(piece, style="bold" if is_value else "")
    return said
