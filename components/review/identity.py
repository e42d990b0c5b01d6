"""What changes in who may talk to whom: mutual TLS, access rules and tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from components.api import JSON
from components.api.security.authorization_policy import AuthorizationPolicy, Operation, Rule, Source
from components.api.security.peer_authentication import PeerAuthentication
from components.api.security.request_authentication import RequestAuthentication
from components.api.type.selector import PolicyTargetReference, WorkloadSelector
from components.review.fields import changed, described, plain, words
from components.review.lines import Line, Mark, Topic, mark_of
from components.review.marking import listed, value
from components.review.objects import Key, Sides

ROOT_NAMESPACE = "istio-system"
"""Where a policy without a selector holds for the whole mesh, unless MeshConfig's rootNamespace says another."""

MEANS = {
    "STRICT": "plain text is refused",
    "PERMISSIVE": "plain text is taken, too",
    "DISABLE": "only plain text is spoken",
    "UNSET": "what is said above it holds",
}

SPIFFE = "cluster.local/ns/"

NEGATIVE = "not"


def mutual_tls(
    key: Key, before: PeerAuthentication | None, after: PeerAuthentication | None, names: Sides
) -> Iterator[Line]:
    """One PeerAuthentication; either side may lack it."""
    rule = after or before
    where = _where(key, rule.selector if rule else None, ())
    old, new = _modes(before), _modes(after)
    for port in dict.fromkeys((*old, *new)):
        was, becomes = old.get(port), new.get(port)
        if was == becomes:
            continue
        place = f"{f'on port {value(port)} of ' if port else 'in '}{where}"
        means = f" ({MEANS[becomes]})" if becomes in MEANS else ""
        mark = mark_of(was, becomes)
        shift = {
            Mark.NEW: f"new: mutual TLS {value(becomes)}",
            Mark.GONE: f"gone: mutual TLS {value(was)}",
            Mark.CHANGED: f"mutual TLS {value(was)} → {value(becomes)}",
        }[mark]
        yield Line(Topic.ACCESS, mark, f"{shift}{means} {place}")
    if before is not None and after is not None and before.selector != after.selector:
        text = changed({"pods": plain(before.selector)}, {"pods": plain(after.selector)})
        yield Line(Topic.ACCESS, Mark.CHANGED, f"the mutual TLS rule {value(key.name)} holds for other pods: {text}")


def access(
    key: Key, before: AuthorizationPolicy | None, after: AuthorizationPolicy | None, names: Sides
) -> Iterator[Line]:
    """One AuthorizationPolicy; either side may lack it."""
    policy = after or before
    assert policy is not None
    who = f"access rule {value(key.name)} for {_target(key, policy)}"
    if before is None or after is None:
        mark = mark_of(before, after)
        yield Line(Topic.ACCESS, mark, f"{'new' if mark is Mark.NEW else 'gone'}: {who}: {_told(policy)}")
        return
    if _target(key, before) != _target(key, after):
        yield Line(Topic.ACCESS, Mark.CHANGED, f"{who} was for {_target(key, before)}")
    if (before.action, before.provider) != (after.action, after.provider):
        yield Line(Topic.ACCESS, Mark.CHANGED, f"{who}: {_action(before)} → {_action(after)}")
    if before.rules != after.rules:
        old, new = [_rule(rule) for rule in before.rules], [_rule(rule) for rule in after.rules]
        for text in old:
            if text not in new:
                yield Line(Topic.ACCESS, Mark.GONE, f"{who} no longer takes {text} ({_action(after)})")
        for text in new:
            if text not in old:
                yield Line(Topic.ACCESS, Mark.NEW, f"{who} takes {text} ({_action(after)})")
        if not after.rules:
            yield Line(Topic.ACCESS, Mark.CHANGED, f"{who}: {_told(after)}")


def tokens(
    key: Key, before: RequestAuthentication | None, after: RequestAuthentication | None, names: Sides
) -> Iterator[Line]:
    """One RequestAuthentication; either side may lack it."""
    policy = after or before
    assert policy is not None
    who = f"tokens {value(key.name)} for {_target(key, policy)}"
    old, new = _issuers(before), _issuers(after)
    for issuer in dict.fromkeys((*old, *new)):
        was, becomes = old.get(issuer), new.get(issuer)
        if was == becomes:
            continue
        mark = mark_of(was, becomes)
        text = {
            Mark.NEW: f"new: {who}: issuer {value(issuer)} is believed; {described(becomes or {})}",
            Mark.GONE: f"gone: {who}: issuer {value(issuer)} is no longer believed",
            Mark.CHANGED: f"{who}, issuer {value(issuer)}: {changed(was, becomes)}",
        }[mark]
        yield Line(Topic.ACCESS, mark, text.removesuffix("; "))
    if before is not None and after is not None and _target(key, before) != _target(key, after):
        yield Line(Topic.ACCESS, Mark.CHANGED, f"{who} were for {_target(key, before)}")


def _modes(rule: PeerAuthentication | None) -> dict[int, str]:
    """The mode of each port that has one of its own, and of all others under 0."""
    if rule is None:
        return {}
    modes = {0: rule.mtls.mode.value if rule.mtls and rule.mtls.mode else "UNSET"}
    return modes | {port: each.mode.value if each.mode else "UNSET" for port, each in rule.port_level_mtls.items()}


def _where(key: Key, selector: WorkloadSelector | None, references: Sequence[PolicyTargetReference]) -> str:
    if references:
        return listed([f"{words(each.kind or 'target')} {value(each.name)}" for each in references])
    if selector is not None and selector.match_labels:
        pods = listed([value(f"{label}={each}") for label, each in selector.match_labels.items()])
        return f"pods {pods} of namespace {value(key.namespace)}"
    return "the whole mesh" if key.namespace == ROOT_NAMESPACE else f"namespace {value(key.namespace)}"


def _target(key: Key, policy: AuthorizationPolicy | RequestAuthentication) -> str:
    single = (policy.target_ref,) if policy.target_ref is not None else ()
    return _where(key, policy.selector, (*single, *policy.target_refs))


def _action(policy: AuthorizationPolicy) -> str:
    action = policy.action.value if policy.action else "ALLOW"
    return f"{value(action)}{f' by {value(policy.provider.name)}' if policy.provider else ''}"


def _told(policy: AuthorizationPolicy) -> str:
    if not policy.rules:
        allow = policy.action in (None, AuthorizationPolicy.Action.ALLOW)
        nothing = "so what no other rule allows is refused" if allow else "so it never applies"
        return f"{_action(policy)} of nothing, {nothing}"
    return f"{_action(policy)} of {listed([_rule(rule) for rule in policy.rules], most=6)}"


def _rule(rule: Rule) -> str:
    """One rule: who, what, and under which conditions; an empty one takes everything."""
    callers = [_part(each.source) for each in rule.from_ if each.source]
    requests = [_part(each.operation) for each in rule.to if each.operation]
    conditions = [
        f"{value(each.key)} {'is not' if each.not_values else 'is'} {value(' or '.join(each.values or each.not_values))}"
        for each in rule.when
    ]
    said = [
        *([f"from {' or '.join(callers)}"] if callers else []),
        *([f"with {' or '.join(requests)}"] if requests else []),
        *([f"when {' and '.join(conditions)}"] if conditions else []),
    ]
    return f"requests {' '.join(said)}" if said else "all requests"


def _part(part: Source | Operation) -> str:
    return " and ".join(_condition(name, values) for name, values in plain(part).items())


def _condition(name: str, values: JSON) -> str:
    shown = [str(each).removeprefix(SPIFFE) for each in values] if isinstance(values, Sequence) else [str(values)]
    other = "other than " if name.startswith(NEGATIVE) else ""
    return f"{words(name.removeprefix(NEGATIVE)).lower()} {other}{value(' or '.join(shown))}"


def _issuers(policy: RequestAuthentication | None) -> dict[str, Mapping[str, JSON]]:
    rules = policy.jwt_rules if policy else ()
    return {rule.issuer or "": {key: each for key, each in plain(rule).items() if key != "issuer"} for rule in rules}
