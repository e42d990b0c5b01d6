"""The path and headers that a request must have for a route to take it. A route's conditions must all hold."""

from __future__ import annotations

import re
import warnings
from dataclasses import KW_ONLY, dataclass
from urllib.parse import quote

from components.model.names import require_header

LONGEST_REGEX = 1024
"""Letters of the longest regular expression that istiod takes."""

PATH_SIGNS = "/%!$&'()*+,;=:@~"
"""Signs that stand in a path as they are."""

BEYOND_RE2 = re.compile(r"\(\?(?:<?[=!]|P=|[>(#]|[a-zA-Z]*[aLux])|\\[1-9ZuUN]|[*+?}]\+|\{[0-9,]*[0-9]{4}")
"""What Python's engine takes and RE2 does not: look-around, back references, possessive and counts over 999."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header equal to `value`, or starting with `prefix`, or wholly matching `regex` (RE2); with none, present at all.

    `ignore_case` makes capitals of the value count as small letters; a header's name never has a case.

    Raises `ValueError` for a name with capitals, or more than one way to match.
    """

    name: str
    value: str | None = None
    _: KW_ONLY
    prefix: str | None = None
    regex: str | None = None
    ignore_case: bool = False

    def __post_init__(self) -> None:
        require_header(self.name)
        require_one_way(f"header {self.name!r}", value=self.value, prefix=self.prefix, regex=self.regex)
        if self.ignore_case and self.value is None and self.prefix is None and self.regex is None:
            raise ValueError(f"header {self.name!r} ignores the case of no value; give a value, prefix or regex")
        if self.ignore_case and len(self.value or self.prefix or "") > LONGEST_REGEX // 2 - 10:
            raise ValueError(
                f"header {self.name!r} ignores the case of {len(self.value or self.prefix or '')} letters; that is a "
                f"regular expression, and istiod takes {LONGEST_REGEX} letters. Match a shorter prefix"
            )
        if self.regex is not None:
            require_regex(f"header {self.name!r}", self.regex, most=LONGEST_REGEX - 10)

    def __str__(self) -> str:
        if self.value is not None:
            return f"{self.name}: {self.value}"
        if self.prefix is not None:
            return f"{self.name}: {self.prefix}*"
        return f"{self.name}: ~{self.regex}" if self.regex is not None else f"{self.name} present"


@dataclass(frozen=True, slots=True)
class Path:
    """The whole path, without the query."""

    value: str
    _: KW_ONLY
    ignore_case: bool = False

    def __post_init__(self) -> None:
        require_path(self.value)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PathPrefix:
    """The path's start, letter by letter as Istio compares it: `/50` takes `/504` too, `/504/` does not take `/504`."""

    value: str
    _: KW_ONLY
    ignore_case: bool = False

    def __post_init__(self) -> None:
        require_path(self.value)

    def __str__(self) -> str:
        return f"{self.value}*"


@dataclass(frozen=True, slots=True)
class PathRegex:
    """A regular expression (RE2) that the whole path must match; `(?i)` at its start ignores the case."""

    value: str

    def __post_init__(self) -> None:
        require_regex("the path", self.value)

    def __str__(self) -> str:
        return f"~{self.value}"


def require_path(path: str) -> None:
    """A path as a request has it. Raises `ValueError`."""
    if not path.startswith("/"):
        raise ValueError(f"the path {path!r} can not match; a request's path starts with '/', so give {'/' + path!r}")
    if "?" in path or "#" in path:
        raise ValueError(f"the path {path!r} can not match; Envoy compares the path without query and fragment")
    if not all("!" <= letter <= "~" for letter in path):
        raise ValueError(
            f"the path {path!r} can not match; Envoy compares it as sent, with spaces and letters beyond ASCII as "
            f"%-escapes, so give {quote(path, safe=PATH_SIGNS)!r}"
        )


def require_one_way(what: str, **ways: str | None) -> None:
    """At most one way to match, and none by an empty text, which istiod refuses. Raises `ValueError`."""
    given = [way for way, text in ways.items() if text is not None]
    if len(given) > 1:
        raise ValueError(f"{what} is matched by {' and '.join(given)}; Istio takes one of them")
    for way in given:
        if ways[way] == "" and way != "value":
            raise ValueError(f"{what} is matched by the {way} '', which is none; leave it out to ask for presence only")
        if not all(" " <= letter <= "~" for letter in ways[way] or ""):
            raise ValueError(
                f"{what} is matched by the {way} {ways[way]!r}; a request holds printable ASCII there. Encode what is not"
            )


def require_regex(what: str, regex: str, most: int = LONGEST_REGEX) -> None:
    """A regular expression that RE2 knows, of `most` letters. Raises `ValueError`."""
    try:
        # Python warns of what may mean another thing some day; RE2 is what reads it.
        with warnings.catch_warnings(action="ignore"):
            re.compile(regex)
    except re.error as error:
        raise ValueError(f"{what} is matched by {regex!r}, which is no regular expression: {error}") from None
    if not regex:
        raise ValueError(f"{what} is matched by the regex '', which istiod refuses; give an expression such as '.*'")
    if len(regex) > most:
        raise ValueError(f"{what} is matched by {len(regex)} letters; a regular expression has {most} at most here")
    unknown_to_re2 = BEYOND_RE2.search(regex.replace(r"\\", ""))
    if unknown_to_re2:
        raise ValueError(
            f"{what} is matched by {regex!r}; Envoy's RE2 knows no {unknown_to_re2.group()!r} "
            "(look-around, back references). Write it without"
        )
