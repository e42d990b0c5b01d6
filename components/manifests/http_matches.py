"""The conditions of a route as Istio matches them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from components.api.networking.virtual_service import HTTPMatchRequest, StringMatch
from components.manifests.names import version_labels, workload_labels
from components.model import (
    Authority,
    Condition,
    Cookie,
    From,
    Header,
    Method,
    Path,
    PathPrefix,
    PathRegex,
    Port,
    Query,
    Version,
    Without,
    Workload,
)
from components.model.route_rules import path_of

Kind = TypeVar("Kind")

ABSENT = StringMatch(regex="*")
"""Istio's own sign, no regular expression, for whatever value (istio/istio pull request 20629)."""


def match_request(when: tuple[Condition, ...]) -> HTTPMatchRequest:
    path = path_of(when)
    caller = next(_of(From, when), None)
    method, authority, port = (
        next(_of(Method, when), None),
        next(_of(Authority, when), None),
        next(_of(Port, when), None),
    )
    headers = {header.name: _header(header) for header in _of(Header, when)}
    cookie = next(_of(Cookie, when), None)
    return HTTPMatchRequest(
        uri=_path(path) if path else None,
        ignore_uri_case=True if isinstance(path, (Path, PathPrefix)) and path.ignore_case else None,
        method=_method(method) if method else None,
        authority=_string(authority.value, authority.prefix, authority.regex) if authority else None,
        headers=headers | ({"cookie": StringMatch(regex=cookie_regex(cookie))} if cookie else {}),
        without_headers={without.header.name: _absent(without.header) for without in _of(Without, when)},
        query_params={query.name: _string(query.value, query.prefix, query.regex) for query in _of(Query, when)},
        port=port.number if port else None,
        source_labels=caller_labels(caller.caller) if caller else {},
        source_namespace=caller_namespace(caller.caller) if caller else None,
    )


def cookie_regex(cookie: Cookie) -> str:
    """The whole header `cookie` that has this one among others."""
    value = escaped(cookie.value) if cookie.value is not None else cookie.regex or "[^;]*"
    return rf"(.*; ?)?{escaped(cookie.name)}=(?:{value})(;.*)?"


def escaped(text: str) -> str:
    """The text as a regular expression that matches it alone, to RE2 as to others."""
    return re.sub(r"([^A-Za-z0-9_])", r"\\\1", text)


def _of(kind: type[Kind], when: tuple[Condition, ...]) -> Iterator[Kind]:
    return (condition for condition in when if isinstance(condition, kind))


def _path(path: Path | PathPrefix | PathRegex) -> StringMatch:
    if isinstance(path, Path):
        return StringMatch(exact=path.value)
    return StringMatch(prefix=path.value) if isinstance(path, PathPrefix) else StringMatch(regex=path.value)


def _string(value: str | None, prefix: str | None, regex: str | None) -> StringMatch:
    return StringMatch(exact=value, prefix=prefix, regex=regex)


def _header(header: Header) -> StringMatch:
    if not header.ignore_case:
        return _string(header.value, header.prefix, header.regex)
    if header.regex is not None:
        return StringMatch(regex=f"(?i){header.regex}")
    return StringMatch(regex=f"(?i){escaped(header.value or header.prefix or '')}{'.*' if header.prefix else ''}")


def _absent(header: Header) -> StringMatch:
    match = _header(header)
    return ABSENT if match == StringMatch() else match


def _method(method: Method) -> StringMatch:
    return StringMatch(exact=method.names[0]) if len(method.names) == 1 else StringMatch(regex="|".join(method.names))


def caller_labels(caller: Workload | Version) -> dict[str, str]:
    return workload_labels(caller) if isinstance(caller, Workload) else version_labels(caller)


def caller_namespace(caller: Workload | Version) -> str:
    return caller.namespace if isinstance(caller, Workload) else caller.workload.namespace
