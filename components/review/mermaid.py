"""A graph in Mermaid's words, as GitHub draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from components.review.picture import Differing, Graph, Layer, Node

SHAPES = {
    Layer.GATEWAY: ('[["', '"]]'),
    Layer.HOST: ('(["', '"])'),
    Layer.ROUTE: ('["', '"]'),
    Layer.DESTINATION: ('[("', '")]'),
}
LONGEST = 60
"""Characters of one line of a label."""

SAFE = re.compile(r"[^\w ./:%-]|(?<! )%", re.ASCII)
BREAK = "\u200b"
"""No width, and between two characters they are no longer what Mermaid makes them."""
READ = re.compile(r"^(?=[-+*])|^\d+(?=[.)] )|(?<=\$)(?=\$)|(?<=%)(?=%)|(?<=:)(?=fa-)")
"""Where a label begins like a list in Markdown, which Mermaid refuses; where it has a formula, or the name of an icon."""

COLOURS = {"new": "stroke:#1a7f37,stroke-width:3px", "gone": "stroke:#cf222e,stroke-width:3px,stroke-dasharray:5 3"}


def flowchart(graph: Graph, *, highlighted: Differing | None = None, style: str = "new") -> str:
    """The graph from left to right; what is `highlighted` is drawn in `style`, new or gone."""
    if not graph.nodes:
        return 'flowchart LR\n  nothing["nothing yet"]'
    names = {key: f"n{number}" for number, key in enumerate(graph.nodes)}
    lines = ["flowchart LR", *(f"  {names[key]}{_shape(node)}" for key, node in graph.nodes.items())]
    for (source, target), label in graph.edges.items():
        text = f'|"{escaped(label)}"|' if label else ""
        lines.append(f"  {names[source]} -->{text} {names[target]}")
    if highlighted is not None:
        lines += _styles(graph, names, highlighted, style)
    return "\n".join(lines)


def escaped(text: str) -> str:
    """A label's line with every character that Mermaid, HTML or Markdown could read as its own written as its number."""
    line = " ".join(text.split())
    kept = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    broken = READ.sub(lambda found: f"{found.group()}{BREAK}", kept)
    return SAFE.sub(lambda found: f"#{ord(found.group())};", broken)


def _styles(graph: Graph, names: Mapping[str, str], highlighted: Differing, style: str) -> Iterator[str]:
    if marked := [names[key] for key in graph.nodes if key in highlighted.nodes]:
        yield f"  classDef {style} {COLOURS[style]}"
        yield f"  class {','.join(marked)} {style}"
    if places := [str(place) for place, edge in enumerate(graph.edges) if edge in highlighted.edges]:
        yield f"  linkStyle {','.join(places)} {COLOURS[style]}"


def _shape(node: Node) -> str:
    opened, closed = SHAPES[node.layer]
    return f"{opened}{'<br>'.join(escaped(line) for line in node.label)}{closed}"
