"""Conditions on a text, as StringMatch has them: which texts of one are texts of another, as far as can be told.

Every answer errs on one side: "contained" and "disjoint" are said only when they are sure.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import NamedTuple

from components.api.networking.virtual_service import StringMatch

__all__ = ["ANY", "Text", "contained", "disjoint", "text_of"]

META = frozenset("\\.+*?()|[]{}^$")
QUANTIFIERS = frozenset("*?{")
# What Python and RE2 read alike: no groups that begin with "?", no \A, \C, \Q, \pN and the like.
ALIKE = re.compile(r"(?:[^\\(]|\((?!\?)|\\[.\\/\-+*?()|\[\]{}^$dwsDWSb])*", re.DOTALL)
STEPS = 200_000
"""How much matching a text may take at worst, so that no document makes the analysis hang."""
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class Text(NamedTuple):
    """A set of texts."""

    kind: str
    """exact, prefix or regex; a regex of literal characters, or of these and ".*", is put as one of the first two."""
    value: str
    ignore_case: bool = False
    """For exact and prefix; Envoy takes a regex as it stands."""

    @property
    def start(self) -> str:
        """What each of its texts begins with, in lower case when case does not count."""
        start = literal_start(self.value) if self.kind == "regex" else self.value
        return start.translate(LOWER)


ANY = Text("prefix", "")


def text_of(match: StringMatch | None, *, ignore_case: bool = False) -> Text | None:
    """The texts that a condition takes; None: it asks only that there is one, as it does when nothing is set.

    The regex "*" asks for no more either (pilot's canBeConvertedToPresentMatch).
    """
    if match is None:
        return None
    if match.exact is not None:
        return Text("exact", match.exact, ignore_case)
    if match.prefix is not None:
        return Text("prefix", match.prefix, ignore_case)
    if match.regex is None or match.regex == "*":
        return None
    return _of_regex(match.regex)


def contained(narrow: Text, wide: Text) -> bool:
    """Whether every text of one is surely a text of the other."""
    if wide.kind == "prefix" and not wide.value:
        return True
    if wide.kind == "regex":
        return _contained_in_regex(narrow, wide.value)
    if narrow.kind == "regex":
        return wide.kind == "prefix" and _starts(literal_start(narrow.value), wide, exactly_cased=True)
    if wide.kind == "exact":
        return narrow.kind == "exact" and len(narrow.value) == len(wide.value) and _starts_of(narrow, wide)
    return _starts_of(narrow, wide)


def disjoint(one: Text, other: Text) -> bool:
    """Whether surely no text is of both."""
    first, second = one.start, other.start
    if one.kind == other.kind == "exact":
        if one.ignore_case or other.ignore_case:
            return first != second
        return one.value != other.value
    if one.kind == "exact":
        return not first.startswith(second)
    if other.kind == "exact":
        return not second.startswith(first)
    return not (first.startswith(second) or second.startswith(first))


def takes(text: Text, value: str) -> bool | None:
    """Whether a text is one of them; None when that can not be told."""
    if text.kind == "regex":
        return _matches(text.value, value)
    return contained(Text("exact", value), text)


@lru_cache(maxsize=4096)
def literal_start(regex: str) -> str:
    """The characters that every text of a regex begins with; maybe fewer than there are."""
    return _literal(regex)[0]


def _of_regex(regex: str) -> Text:
    start, rest = _literal(regex)
    if rest in ("", "$"):
        return Text("exact", start)
    if rest in (".*", ".*$"):
        return Text("prefix", start)
    return Text("regex", regex)


def _literal(regex: str) -> tuple[str, str]:
    """Literal characters at the start of a regex, and what comes after them."""
    if "|" in regex:
        return "", regex
    at = 1 if regex.startswith("^") else 0
    taken: list[str] = []
    places: list[int] = []
    while at < len(regex):
        escaped = regex[at] == "\\" and at + 1 < len(regex) and not regex[at + 1].isalnum() and regex[at + 1].isascii()
        char = regex[at + 1] if escaped else regex[at]
        if char in META and not escaped:
            break
        places.append(at)
        taken.append(char)
        at += 2 if escaped else 1
    if taken and regex[at : at + 1] in QUANTIFIERS:
        taken.pop()
        at = places[-1]
    elif taken and regex[at : at + 1] == "+":
        at = places[-1]
        taken.pop()
    return "".join(taken), regex[at:]


def _starts_of(narrow: Text, wide: Text) -> bool:
    return _starts(narrow.value, wide, exactly_cased=not narrow.ignore_case)


def _starts(value: str, wide: Text, *, exactly_cased: bool) -> bool:
    """Whether a text, in any case unless `exactly_cased`, starts with that of the wider condition."""
    if wide.ignore_case:
        return value.translate(LOWER).startswith(wide.value.translate(LOWER))
    if not exactly_cased and any(each in string.ascii_letters for each in wide.value):
        return False
    return value.startswith(wide.value)


def _contained_in_regex(narrow: Text, regex: str) -> bool:
    if narrow.kind == "regex":
        return narrow.value == regex
    if narrow.kind == "prefix":
        return False
    if narrow.ignore_case and any(each in string.ascii_letters for each in narrow.value):
        return False
    return _matches(regex, narrow.value) is True


def _matches(regex: str, value: str) -> bool | None:
    compiled = _compiled(regex)
    if compiled is None or "\n" in value:
        return None
    quantified = sum(regex.count(each) for each in "*+?{")
    if (len(value) + 1) ** quantified > STEPS:
        return None
    return compiled.fullmatch(value) is not None


@lru_cache(maxsize=4096)
def _compiled(regex: str) -> re.Pattern[str] | None:
    """The regex, when Python reads it as RE2 does and it can not run for long."""
    if len(regex) > 1000 or not ALIKE.fullmatch(regex) or re.search(r"\)[*+?{]|[*+?}][*+{]|\{[^}]*\d{3}", regex):
        return None
    try:
        return re.compile(regex, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None
