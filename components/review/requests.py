"""Which requests a route takes, in words: `path under /200`, `header x-fault is abort`."""

from __future__ import annotations

from components.api.networking.virtual_service import (
    HTTPMatchRequest,
    HTTPRoute,
    L4MatchAttributes,
    StringMatch,
    TCPRoute,
    TLSMatchAttributes,
    TLSRoute,
)
from components.review.fields import described, plain
from components.review.marking import value

SAID = frozenset({"uri", "method", "headers", "withoutHeaders", "queryParams", "gateways", "ignoreUriCase", "name"})
"""Fields of a match that have words below; the others are told as they are."""


def taken(route: HTTPRoute | TLSRoute | TCPRoute) -> str:
    """All matches of a route, any of which is enough."""
    matches = [_http(match) if isinstance(match, HTTPMatchRequest) else _other(match) for match in route.match]
    if not matches or "" in matches:
        return "all requests" if isinstance(route, HTTPRoute) else "all connections"
    return " or ".join(matches)


def _http(match: HTTPMatchRequest) -> str:
    case = ", whatever its case" if match.ignore_uri_case else ""
    conditions = [
        *([f"{_path(match.uri)}{case}"] if match.uri else []),
        *([f"method {_text(match.method)}"] if match.method else []),
        *(f"header {value(name)} {_text(wanted)}" for name, wanted in match.headers.items()),
        *(f"header {value(name)} not: {_text(wanted)}" for name, wanted in match.without_headers.items()),
        *(f"query parameter {value(name)} {_text(wanted)}" for name, wanted in match.query_params.items()),
        *([f"through gateway {value(', '.join(match.gateways))}"] if match.gateways else []),
    ]
    if rest := {key: each for key, each in plain(match).items() if key not in SAID}:
        conditions.append(described(rest))
    return " and ".join(conditions)


def _other(match: TLSMatchAttributes | L4MatchAttributes) -> str:
    return described(match)


def _path(wanted: StringMatch) -> str:
    if wanted.prefix is not None:
        return f"path under {value(wanted.prefix)}"
    return f"path {_text(wanted)}"


def _text(wanted: StringMatch) -> str:
    if wanted.exact is not None:
        return f"is {value(wanted.exact)}"
    if wanted.prefix is not None:
        return f"starts with {value(wanted.prefix)}"
    return f"matches {value(wanted.regex)}" if wanted.regex is not None else "is there"
