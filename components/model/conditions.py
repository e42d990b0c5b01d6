"""What else a request must be for a route to take it: its cookies, query, method, authority, port and caller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TypeAlias

from components.model.matching import Header, Path, PathPrefix, PathRegex, require_one_way, require_regex
from components.model.names import require_host
from components.model.workload import Version, Workload

COOKIE_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}")
COOKIE_VALUE = re.compile(r"[!#-+\--:<-\[\]-~]{0,200}")
"""A cookie's name and value (RFC 6265), short enough for the expression that finds it to fit Istio's 1024 letters."""

METHOD = re.compile(r"[A-Z]+(-[A-Z]+)*")
QUERY_NAME = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie equal to `value`, or whose value matches `regex` (RE2); with neither, present at all.

    Raises `ValueError` for a name or value that no cookie has, or both ways to match.
    """

    name: str
    value: str | None = None
    _: KW_ONLY
    regex: str | None = None

    def __post_init__(self) -> None:
        require_cookie(self.name, self.value)
        require_one_way(f"cookie {self.name!r}", value=self.value, regex=self.regex)
        if self.regex is not None:
            require_regex(f"cookie {self.name!r}", self.regex, most=500)

    def __str__(self) -> str:
        if self.value is not None:
            return f"cookie {self.name}={self.value}"
        return f"cookie {self.name}=~{self.regex}" if self.regex is not None else f"cookie {self.name} present"


@dataclass(frozen=True, slots=True)
class Query:
    """A query parameter equal to `value`, or starting with `prefix`, or wholly matching `regex`; with none, present.

    Compared as sent: Envoy decodes no %-escapes in it, and takes the first of two parameters with one name.
    """

    name: str
    value: str | None = None
    _: KW_ONLY
    prefix: str | None = None
    regex: str | None = None

    def __post_init__(self) -> None:
        if not QUERY_NAME.fullmatch(self.name) or set(self.name) & set("&=#"):
            raise ValueError(
                f"the query parameter {self.name!r} can not match; a name is printable ASCII without '&', '=' and '#', "
                "and %-escaped as it is sent"
            )
        require_one_way(f"query parameter {self.name!r}", value=self.value, prefix=self.prefix, regex=self.regex)
        if self.regex is not None:
            require_regex(f"query parameter {self.name!r}", self.regex)

    def __str__(self) -> str:
        if self.value is not None:
            return f"?{self.name}={self.value}"
        if self.prefix is not None:
            return f"?{self.name}={self.prefix}*"
        return f"?{self.name}=~{self.regex}" if self.regex is not None else f"?{self.name} present"


@dataclass(frozen=True, slots=True)
class Method:
    """One of the HTTP methods `names`, in capitals as they are sent: `Method("GET")`, `Method(["GET", "HEAD"])`."""

    names: Sequence[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", (self.names,) if isinstance(self.names, str) else tuple(self.names))
        if not self.names:
            raise ValueError("the condition names no method; give at least one, such as 'GET'")
        for name in self.names:
            if not METHOD.fullmatch(name) or len(name) > 30 or len(self.names) > 30:
                likely = f": did you mean {name.upper()!r}?" if METHOD.fullmatch(name.upper()) else ""
                raise ValueError(f"the method {name!r} can not match; methods are in capitals, such as 'GET'{likely}")

    def __str__(self) -> str:
        return " or ".join(self.names)


@dataclass(frozen=True, slots=True)
class Authority:
    """The host as the client sent it, its port included if it sent one: equal to `value`, or by `prefix` or `regex`."""

    value: str | None = None
    _: KW_ONLY
    prefix: str | None = None
    regex: str | None = None

    def __post_init__(self) -> None:
        require_one_way("the authority", value=self.value, prefix=self.prefix, regex=self.regex)
        if self.value is None and self.prefix is None and self.regex is None:
            raise ValueError(
                "the authority is matched by nothing, and each request has one; give value, prefix or regex"
            )
        if self.value is not None:
            name, _, port = self.value.partition(":")
            require_host("the authority", name)
            if ":" in self.value and not (port.isdigit() and 1 <= int(port) <= 65535):
                raise ValueError(f"the authority {self.value!r} can not match; after ':' stands a port from 1 to 65535")
        if self.regex is not None:
            require_regex("the authority", self.regex)

    def __str__(self) -> str:
        if self.value is not None:
            return f"authority {self.value}"
        return f"authority {self.prefix}*" if self.prefix is not None else f"authority ~{self.regex}"


@dataclass(frozen=True, slots=True)
class Port:
    """The port of the gateway or Service that the request came in by."""

    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 65535:
            raise ValueError(f"the port of a condition is {self.number}; a port is from 1 to 65535")

    def __str__(self) -> str:
        return f"port {self.number}"


@dataclass(frozen=True, slots=True)
class From:
    """The caller is a workload of the mesh, or one version of it. Told by the caller's own proxy, so it is a way to
    route and not to refuse; and it holds for a workload's host only, as a gateway's callers have no proxy."""

    caller: Workload | Version

    def __str__(self) -> str:
        return f"from {self.caller}"


@dataclass(frozen=True, slots=True)
class Without:
    """The opposite of a condition on a header: it is absent, or it is there with another value."""

    header: Header

    def __str__(self) -> str:
        return f"without {self.header}"


Condition: TypeAlias = (
    Header | Path | PathPrefix | PathRegex | Cookie | Query | Method | Authority | Port | From | Without
)


def require_cookie(name: str, value: str | None) -> None:
    """A name and value that a cookie can have. Raises `ValueError`."""
    if not COOKIE_NAME.fullmatch(name):
        raise ValueError(
            f"the cookie name {name!r} can not match; it is 1 to 200 letters, digits and signs, without ' ', ',', ';', '='"
        )
    if value is not None and not COOKIE_VALUE.fullmatch(value):
        raise ValueError(
            f"the value of cookie {name!r} is {value!r}; it is 200 letters at most of printable ASCII, without spaces, "
            "quotes, ',', ';' and '\\'. Encode what is not"
        )


def subject_of(condition: Condition) -> str:
    """What the condition is about; Istio matches each once."""
    match condition:
        case Header():
            return f"header {condition.name!r}"
        case Without():
            return f"the absence of header {condition.header.name!r}"
        case Cookie():
            return "header 'cookie'"
        case Query():
            return f"query parameter {condition.name!r}"
        case Path() | PathPrefix() | PathRegex():
            return "the path"
        case Method():
            return "the method"
        case Authority():
            return "the authority"
        case Port():
            return "the port"
        case From():
            return "the caller"
