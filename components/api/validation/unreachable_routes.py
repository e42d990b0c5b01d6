"""Rules and conditions of a virtual service that no request ever gets to, because of those before them.

May live here: what istiod warns of when it compares the routes of one document. May not live here: comparing documents.
Rules: analyzeUnreachableHTTPRules and its like in Istio's pkg/config/validation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from components.api.networking.virtual_service import (
    HTTPMatchRequest,
    HTTPRoute,
    L4MatchAttributes,
    StringMatch,
    TCPRoute,
    TLSMatchAttributes,
    TLSRoute,
)
from components.api.validation.violation import Flaw, Report, Severity

__all__ = ["CODES", "check_reachable"]

CODES = {
    "V1114": "a rule without conditions stands behind another one without",
    "V1115": "a rule stands behind one without conditions",
    "V1116": "all conditions of a rule stand in rules before it",
    "V1117": "a condition stands in a rule before",
    "V1118": "a condition's prefix is covered by that of a condition before",
}

Route = HTTPRoute | TLSRoute | TCPRoute
Match = HTTPMatchRequest | TLSMatchAttributes | L4MatchAttributes

ORDER = "Move the narrower rule to the front, or leave out what is never used."
SCALARS = ("port", "ignore_uri_case", "source_namespace", "source_subnet", "stat_prefix")
encode = msgspec.json.Encoder(order="deterministic").encode


class Prefix(NamedTuple):
    """A condition on a prefix of the uri, and what else it asks for."""

    rule: int
    match: int
    prefix: str
    port: int
    texts: tuple[dict[str, str], ...]
    """Method and authority, headers, query parameters, headers that must not be there; each as "exact:GET"."""


def check_reachable(routes: Sequence[Route], path: str, report: Report) -> None:
    """The rules of one protocol, in their order; `path` is that of their list, such as spec.http."""
    if len(routes) == 0 or (len(routes) == 1 and len(routes[0].match) < 2):
        return
    seen: dict[bytes, int] = {}
    prefixes: list[Prefix] = []
    catch_all: int | None = None
    for rule, route in enumerate(routes):
        if catch_all is not None:
            _note_behind(catch_all, rule, routes, path, report)
        elif route.match:
            prefixes += _check_conditions(rule, routes, seen, path, report)
        if not route.match:
            catch_all = rule
    if len(prefixes) > 1:
        _check_prefixes(prefixes, routes, path, report)


def _note_behind(catch_all: int, rule: int, routes: Sequence[Route], path: str, report: Report) -> None:
    message = f"{_name(routes[rule], rule)} is not used: {_name(routes[catch_all], catch_all)} takes all before it"
    if not routes[rule].match:
        _note_rule("V1114", f"{path}[{rule}]", message, report)
    for index in range(len(routes[rule].match)):
        _note_rule("V1115", f"{path}[{rule}].match[{index}]", message, report)


def _check_conditions(
    rule: int, routes: Sequence[Route], seen: dict[bytes, int], path: str, report: Report
) -> list[Prefix]:
    """Compare a rule's conditions with those before it, which are `seen` with their rules; the new ones on a prefix."""
    route = routes[rule]
    prefixes: list[Prefix] = []
    known = 0
    matches: Sequence[Match] = route.match
    for index, match in enumerate(matches):
        key = encode(_essence(match))
        if (before := seen.get(key)) is not None:
            known += 1
            message = f"the condition {_name(match, index)} of {_name(route, rule)} is not used"
            message = f"{message}: {_name(routes[before], before)} has the same"
            _note_match("V1117", f"{path}[{rule}].match[{index}]", message, report)
            continue
        seen[key] = rule
        if isinstance(match, HTTPMatchRequest) and match.uri is not None and match.uri.prefix:
            prefixes.append(_prefix(match, rule, index))
    if known == len(matches):
        message = f"{_name(route, rule)} is not used: its conditions stand in rules before it"
        _note_rule("V1116", f"{path}[{rule}]", message, report)
    return prefixes


def _check_prefixes(prefixes: Sequence[Prefix], routes: Sequence[Route], path: str, report: Report) -> None:
    # By prefix, because comparing each with each takes a second when there are a thousand.
    places: dict[str, list[int]] = {}
    for place, each in enumerate(prefixes):
        places.setdefault(each.prefix, []).append(place)
    covered = sorted(
        (earlier, later)
        for later, each in enumerate(prefixes)
        for length in range(1, len(each.prefix))
        for earlier in places.get(each.prefix[:length], ())
        if earlier < later and _covers(prefixes[earlier], each)
    )
    for earlier, later in covered:
        wide, narrow = prefixes[earlier], prefixes[later]
        message = (
            f"the condition {_match_name(routes, narrow)} on the prefix {narrow.prefix!r} is not used:"
            f" {_match_name(routes, wide)} takes the prefix {wide.prefix!r} before it"
        )
        _note_match("V1118", f"{path}[{narrow.rule}].match[{narrow.match}]", message, report)


def _covers(wide: Prefix, narrow: Prefix) -> bool:
    """Whether all else that the wider one asks for is asked for by the narrower one, in the eyes of istiod: it compares the
    texts of both from the left, whichever way round.
    """
    if wide.port != narrow.port:
        return False
    for ours, theirs in zip(wide.texts, narrow.texts, strict=True):
        if ours.keys() != theirs.keys() or not all(text.startswith(theirs[name]) for name, text in ours.items()):
            return False
    return True


def _prefix(match: HTTPMatchRequest, rule: int, index: int) -> Prefix:
    assert match.uri is not None
    assert match.uri.prefix
    request = {
        "method": _text(match.method) or "exact:GET",  # istiod takes a condition without method for one on GET
        "authority": _text(match.authority),
    }
    texts = (match.headers, match.query_params, match.without_headers)
    asked = tuple({name: _text(text) for name, text in each.items()} for each in texts)
    return Prefix(rule, index, match.uri.prefix, match.port or 0, (request, *asked))


def _text(condition: StringMatch | None) -> str:
    if condition is None:
        return ""
    if condition.exact:
        return f"exact:{condition.exact}"
    return f"prefix:{condition.prefix}" if condition.prefix else ""


def _essence(match: Match) -> Match:
    """The condition without its name, and with what is set to nothing as if it were not set."""
    changes: dict[str, None] = {name: None for name in SCALARS if getattr(match, name, None) in (0, "")}
    if isinstance(match, HTTPMatchRequest) and match.name is not None:
        changes["name"] = None
    return msgspec.structs.replace(match, **changes) if changes else match


def _name(of: Route | Match, number: int) -> str:
    name = of.name if isinstance(of, HTTPRoute | HTTPMatchRequest) else None
    return repr(name) if name else f"#{number}"


def _match_name(routes: Sequence[Route], prefix: Prefix) -> str:
    route = routes[prefix.rule]
    return f"{_name(route.match[prefix.match], prefix.match)} of {_name(route, prefix.rule)}"


def _note_rule(code: str, path: str, message: str, report: Report) -> None:
    report.note(code, Severity.WARNING, path, Flaw(message, ORDER), istio="IST0130")


def _note_match(code: str, path: str, message: str, report: Report) -> None:
    report.note(code, Severity.INFO, path, Flaw(message, ORDER), istio="IST0131")
