"""Text in which a value of the user's is told from a word of ours, until somebody writes it for a reader.

A value may hold anything: a star, a backtick, the @name of a person, a piece of HTML. So no phrase quotes one itself;
`value` puts it between two marks, and the writers of Markdown and of the terminal turn these into what shows it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Two characters of Unicode's private use area, which no document has any use for.
OPEN, CLOSE = "\ue000", "\ue001"
MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
UNPRINTABLE = re.compile(f"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069{OPEN}{CLOSE}]+")
"""Line ends, control characters, and those that turn the direction of reading around."""

LONGEST = 120


def value(text: object, *, longest: int = LONGEST) -> str:
    """Anything of the user's, on one line, cut to `longest` characters."""
    line = UNPRINTABLE.sub(" ", str(text)).strip()
    kept = line if len(line) <= longest else f"{line[: longest - 1]}…"
    return f"{OPEN}{kept or ' '}{CLOSE}"


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a phrase in their order, each with whether it is a value."""
    for place, piece in enumerate(MARKED.split(text)):
        if piece:
            yield piece, place % 2 == 1


def unmarked(text: str) -> str:
    """The phrase without the marks."""
    return "".join(piece for piece, _ in parts(text))


def listed(items: list[str], *, most: int = 12) -> str:
    """`a, b and c`; of more than `most`, how many others there are."""
    shown = items if len(items) <= most else [*items[:most], f"{len(items) - most} others"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
