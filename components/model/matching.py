"""What a request must look like for a route to take it. A route's conditions must all hold."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from typing import TypeAlias

from components.model.names import require_header


@dataclass(frozen=True, slots=True)
class Header:
    """A header equal to `value`, or starting with `prefix`, or wholly matching `regex` (RE2); with none, present at all.

    Raises `ValueError` for a name with capitals, or more than one way to match.
    """

    name: str
    value: str | None = None
    _: KW_ONLY
    prefix: str | None = None
    regex: str | None = None

    def __post_init__(self) -> None:
        require_header(self.name)
        ways = [way for way in ("value", "prefix", "regex") if getattr(self, way) is not None]
        if len(ways) > 1:
            raise ValueError(f"header {self.name!r} is matched by {' and '.join(ways)}; Istio takes one of them")
        if self.regex is not None:
            _require_regex(f"header {self.name!r}", self.regex)

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

    def __post_init__(self) -> None:
        _require_path(self.value)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PathPrefix:
    """The path's start, letter by letter as Istio compares it: `/50` takes `/504` too, `/504/` does not take `/504`."""

    value: str

    def __post_init__(self) -> None:
        _require_path(self.value)

    def __str__(self) -> str:
        return f"{self.value}*"


@dataclass(frozen=True, slots=True)
class PathRegex:
    """A regular expression (RE2) that the whole path must match."""

    value: str

    def __post_init__(self) -> None:
        _require_regex("the path", self.value)

    def __str__(self) -> str:
        return f"~{self.value}"


Condition: TypeAlias = Header | Path | PathPrefix | PathRegex


def _require_path(path: str) -> None:
    if not path.startswith("/"):
        raise ValueError(f"the path {path!r} can not match; a request's path starts with '/', so give {'/' + path!r}")
    if "?" in path or "#" in path:
        raise ValueError(f"the path {path!r} can not match; Envoy compares the path without query and fragment")


def _require_regex(what: str, regex: str) -> None:
    # RE2 knows neither look-around nor back references, which Python's engine accepts.
    unknown_to_re2 = re.search(r"\(\?(<?[=!]|P=)|\\[1-9]", regex)
    try:
        re.compile(regex)
    except re.error as error:
        raise ValueError(f"{what} is matched by {regex!r}, which is no regular expression: {error}") from None
    if unknown_to_re2:
        raise ValueError(
            f"{what} is matched by {regex!r}; Envoy's RE2 knows no {unknown_to_re2.group()!r} "
            "(look-around, back references). Write it without"
        )
