"""What changes in how callers treat a destination: a DestinationRule's subsets and traffic policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.api import JSON
from components.api.networking.destination_rule import DestinationRule, TrafficPolicy
from components.review.fields import changed, described, plain
from components.review.lines import Line, Mark, Topic
from components.review.marking import listed, value
from components.review.objects import Key, Sides

ASPECTS: Mapping[str, str] = {
    "connectionPool": "circuit breaker (connections)",
    "outlierDetection": "circuit breaker (ejection)",
    "loadBalancer": "load balancing",
    "tls": "TLS towards it",
    "retryBudget": "retry budget",
    "tunnel": "tunnel",
    "proxyProtocol": "PROXY protocol",
}
"""A traffic policy's fields as people call them."""

WHOLE = ""
"""The scope of the rule's own policy, which holds where a subset has none."""


def changes(key: Key, before: DestinationRule | None, after: DestinationRule | None, names: Sides) -> Iterator[Line]:
    """One DestinationRule; either side may lack it."""
    rule = after or before
    who = names.host(rule.host, key.namespace) if rule and rule.host else value(key.name)
    old_subsets, new_subsets = _subsets(before), _subsets(after)
    for name in dict.fromkeys((*old_subsets, *new_subsets)):
        old, new = old_subsets.get(name), new_subsets.get(name)
        if old is None and new is not None:
            yield Line(Topic.POLICIES, Mark.NEW, f"new: subset {value(name)} of {who}, pods with {_labels(new)}")
        elif new is None and old is not None:
            yield Line(Topic.POLICIES, Mark.GONE, f"gone: subset {value(name)} of {who}, pods with {_labels(old)}")
        elif old != new:
            yield Line(
                Topic.POLICIES, Mark.CHANGED, f"subset {value(name)} of {who} is pods with {_labels(new or {})} instead of "
                f"{_labels(old or {})}"
            )  # fmt: skip
    # The same policy often stands in each subset and port; it is one change.
    scopes: dict[tuple[Mark, str, str], list[str]] = {}
    old_policies, new_policies = _policies(before), _policies(after)
    for scope in dict.fromkeys((*old_policies, *new_policies)):
        if scope != WHOLE and scope.startswith("subset") and not (scope in old_policies and scope in new_policies):
            # A subset that comes or goes takes along what it shares with the whole; only what is its own is told.
            whole = (new_policies if scope in new_policies else old_policies).get(WHOLE, {})
            mine = new_policies.get(scope) or old_policies.get(scope) or {}
            mark = Mark.NEW if scope in new_policies else Mark.GONE
            for aspect, part in mine.items():
                if part != whole.get(aspect):
                    scopes.setdefault((mark, aspect, described(_mapping(part))), []).append(scope)
            continue
        for found in _aspects(old_policies.get(scope, {}), new_policies.get(scope, {})):
            scopes.setdefault(found, []).append(scope)
    for (mark, aspect, text), where in scopes.items():
        word = ASPECTS.get(aspect, aspect)
        verb = {Mark.NEW: f"new {word} of ", Mark.GONE: f"gone: {word} of ", Mark.CHANGED: f"{word} of "}[mark]
        yield Line(Topic.POLICIES, mark, f"{verb}{who}{_places(where)}: {text}")
    if before is not None and after is not None and (rest := changed(_besides(before), _besides(after))):
        yield Line(Topic.POLICIES, Mark.CHANGED, f"rule {value(key.name)} of {who}: {rest}")


def _aspects(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> Iterator[tuple[Mark, str, str]]:
    for aspect in dict.fromkeys((*before, *after)):
        old, new = before.get(aspect), after.get(aspect)
        if old == new:
            continue
        if old is None:
            yield Mark.NEW, aspect, described(_mapping(new))
        elif new is None:
            yield Mark.GONE, aspect, f"it was {described(_mapping(old))}"
        else:
            yield Mark.CHANGED, aspect, changed(_mapping(old), _mapping(new))


def _policies(rule: DestinationRule | None) -> dict[str, Mapping[str, JSON]]:
    """What is said of each scope: the whole, a subset, a port, a subset's port."""
    if rule is None:
        return {}
    found: dict[str, Mapping[str, JSON]] = {}
    owners = [
        (WHOLE, rule.traffic_policy),
        *((f"subset {value(each.name)}", each.traffic_policy) for each in rule.subsets),
    ]
    for owner, policy in owners:
        found[owner] = _settings(policy)
        for port in policy.port_level_settings if policy else ():
            number = value(port.port.number if port.port else None)
            found[f"{owner} port {number}".strip()] = {key: each for key, each in plain(port).items() if key != "port"}
    return found


def _settings(policy: TrafficPolicy | None) -> dict[str, JSON]:
    return {key: each for key, each in plain(policy).items() if key != "portLevelSettings"}


def _subsets(rule: DestinationRule | None) -> dict[str, Mapping[str, str]]:
    return {subset.name or "": subset.labels for subset in rule.subsets} if rule else {}


def _labels(labels: Mapping[str, str]) -> str:
    return listed([value(f"{key}={each}") for key, each in labels.items()]) or "any labels"


def _places(scopes: list[str]) -> str:
    """`, subset 200`, `, its subsets 200 and 504 too`: where a policy stands."""
    parts = [scope for scope in scopes if scope != WHOLE]
    if not parts:
        return ""
    return f"{', also in ' if WHOLE in scopes else ', '}{listed(parts)}"


def _besides(rule: DestinationRule) -> dict[str, JSON]:
    return {key: each for key, each in plain(rule).items() if key not in ("trafficPolicy", "subsets")}


def _mapping(part: JSON) -> Mapping[str, JSON]:
    return part if isinstance(part, Mapping) else {"value": part}
