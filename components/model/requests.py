"""What is asked, as an access rule tells requests apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.matching import Path, PathPrefix
from components.model.names import require_host

SEGMENT = re.compile(r"(?:[A-Za-z0-9._~!$&'()+,;=:@-]|%[0-9A-Fa-f]{2})+")
"""A part of a path between slashes (RFC 3986, pchar), but for the star."""


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """A path in which `{*}` stands for one part and `{**}`, at the end, for all that follow: `/users/{*}/orders/{**}`.

    Raises `ValueError` for braces or stars elsewhere, or a part that no path can have.
    """

    value: str

    def __post_init__(self) -> None:
        start, *parts = self.value.split("/")
        good = not start and parts and all(part == "{*}" or SEGMENT.fullmatch(part) for part in parts[:-1])
        last = parts[-1] if parts else ""
        if not good or not (last in ("{*}", "{**}") or SEGMENT.fullmatch(last)):
            raise ValueError(
                f"the path template is {self.value!r}; it starts with '/', and each part is plain text or {{*}}, "
                "or {**} at the end"
            )
        if "{" not in self.value:
            raise ValueError(f"the path template {self.value!r} has no {{*}} or {{**}}; give Path({self.value!r})")

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests that are one of each list given: one of the methods, to one of the paths, and so on.

    `ports` are the container's, not the Service's. Only they say anything of a connection that is not HTTP. Paths are
    compared after normalisation, without the query.

    Raises `ValueError` with no list at all, and for a method, host, port or path that no request can have.
    """

    _: KW_ONLY
    methods: Sequence[str] = ()
    paths: Sequence[Path | PathPrefix | PathTemplate] = ()
    ports: Sequence[int] = ()
    hosts: Sequence[str] = ()

    def __post_init__(self) -> None:
        for attribute in self.__slots__:
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        if not any(getattr(self, attribute) for attribute in self.__slots__):
            raise ValueError(
                "the requests are not told apart by anything; give methods, paths, ports or hosts, "
                "or leave the requests out to mean all"
            )
        for method in self.methods:
            if not re.fullmatch(r"[A-Z]+(-[A-Z]+)*", method):
                raise ValueError(f"the method {method!r} is none; give it in capitals, such as 'GET'")
        for path in self.paths:
            if not isinstance(path, PathTemplate) and re.search(r"[*{}]", path.value):
                raise ValueError(
                    f"the path {path.value!r} has a star or brace, which access rules read as a pattern; "
                    "give PathPrefix for a start, or PathTemplate for parts"
                )
            if not isinstance(path, PathTemplate) and path.ignore_case:
                raise ValueError(
                    f"the path {path.value!r} ignores case, which access rules can not; give each way to write it"
                )
        for port in self.ports:
            if not 1 <= port <= 65535:
                raise ValueError(f"the access rule is about port {port}; a port is from 1 to 65535")
        for host in self.hosts:
            require_host("a host of the access rule", host)
