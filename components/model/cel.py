"""What can be told of an expression in CEL without reading it: whether it is one at all."""

from __future__ import annotations

PAIRS = {")": "(", "]": "[", "}": "{"}


def require_expression(what: str, given: str) -> None:
    """Refuse an expression that is blank, or in which a bracket or a quote does not close."""
    problem = "is blank" if not given.strip() else _unclosed(given)
    if problem:
        raise ValueError(
            f"{what} is {given!r}, which {problem}; give an expression in CEL, such as 'response.code >= 500'"
        )


def _unclosed(given: str) -> str:
    opened: list[str] = []
    quote = ""
    skip = False
    for letter in given:
        if skip:
            skip = False
        elif quote:
            skip = letter == "\\"
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in PAIRS.values():
            opened.append(letter)
        elif letter in PAIRS and (not opened or opened.pop() != PAIRS[letter]):
            return f"closes a {letter!r} that was not opened"
    if quote:
        return f"has a {quote} that does not close"
    return f"has a {opened[-1]!r} that does not close" if opened else ""
