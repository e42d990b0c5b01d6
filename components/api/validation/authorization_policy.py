"""What istiod's webhook asks of an AuthorizationPolicy.

May live here: the rules of the policy as a whole and of its action. May not live here: those of a source, an operation
or a condition, which have modules of their own. V7009, V7014 to V7016, V7028 and V7029 are not used: an entry that is
null is an empty one here, and an empty list is one that is not set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from components.api.resource import Resource
from components.api.security.authorization_policy import AuthorizationPolicy, Rule
from components.api.validation import policy_conditions, policy_operations, policy_sources
from components.api.validation.policy_sources import lists_of
from components.api.validation.selectors import check_selector, check_target_refs
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V7002": "a CUSTOM policy has no rules",
    "V7003": "a CUSTOM policy has no provider",
    "V7004": "a CUSTOM policy asks for namespaces of the source",
    "V7005": "a CUSTOM policy asks for service accounts of the source",
    "V7006": "a CUSTOM policy asks for trust domains of the source",
    "V7007": "a CUSTOM policy asks for principals of the source",
    "V7008": "a CUSTOM policy asks for principals of the request",
    "V7010": "a CUSTOM policy has a condition on the identity of the source",
    "V7011": "a CUSTOM policy has a condition on the token of the request",
    "V7012": "a policy that is not CUSTOM has a provider",
    "V7013": "a DENY policy has no rules",
    **policy_sources.CODES,
    **policy_operations.CODES,
    **policy_conditions.CODES,
    "V7046": "a rule of a DENY policy knows attributes of HTTP only, and so denies all of TCP",
}

Action = AuthorizationPolicy.Action
EVERY_REQUEST = "Give rules; [{}] is one that every request fits."
NOT_FOR_CUSTOM = {
    "namespaces": "V7004",
    "notNamespaces": "V7004",
    "serviceAccounts": "V7005",
    "notServiceAccounts": "V7005",
    "trustDomains": "V7006",
    "notTrustDomains": "V7006",
    "principals": "V7007",
    "notPrincipals": "V7007",
    "requestPrincipals": "V7008",
    "notRequestPrincipals": "V7008",
}
IDENTITIES = frozenset(("source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal"))
TOKEN = "request.auth."
# Trust domains are known without HTTP too, but istiod does not count them.
TCP_LISTS = frozenset(
    (
        "principals",
        "notPrincipals",
        "namespaces",
        "notNamespaces",
        "serviceAccounts",
        "notServiceAccounts",
        "ipBlocks",
        "notIpBlocks",
        "remoteIpBlocks",
        "notRemoteIpBlocks",
    )
)


def check(resource: Resource[object], report: Report) -> None:
    """An AuthorizationPolicy."""
    spec = cast("AuthorizationPolicy", resource.spec)
    check_target_refs(spec, "spec", report)
    check_selector(spec.selector, "spec.selector", report)
    _check_action(spec, report)
    for index, rule in enumerate(spec.rules):
        path = f"spec.rules[{index}]"
        if spec.action is Action.CUSTOM:
            _check_custom(rule, path, report)
        _check_rule(rule, path, report)
        if spec.action is Action.DENY and _knows_http_only(rule):
            report.warn(
                "V7046",
                path,
                "only attributes of HTTP are given, so all connections to ports of TCP are denied",
                "Give the ports that are meant in to[].operation.ports.",
            )


def _check_action(spec: AuthorizationPolicy, report: Report) -> None:
    custom = spec.action is Action.CUSTOM
    if custom and not spec.rules:
        report.refuse("V7002", "spec.rules", "no rules: CUSTOM has nothing to ask about", EVERY_REQUEST)
    elif custom and not (spec.provider and spec.provider.name):
        given = "no name" if spec.provider else "no provider"
        report.refuse("V7003", "spec.provider.name", given, "Give the name of a provider of the mesh's configuration.")
    if spec.provider is not None and not custom:
        action = (spec.action or Action.ALLOW).value
        message = f"provider {spec.provider.name!r} is given, and the action is {action}"
        report.refuse("V7012", "spec.provider", message, "Leave it out, or let the action be CUSTOM.")
    if spec.action is Action.DENY and not spec.rules:
        report.refuse("V7013", "spec.rules", "no rules: DENY has nothing to deny", EVERY_REQUEST)


def _check_custom(rule: Rule, path: str, report: Report) -> None:
    for index, each in enumerate(rule.from_):
        for name, values in lists_of(each.source) if each.source else ():
            if values and name in NOT_FOR_CUSTOM:
                inner = f"{path}.from[{index}].source.{name}"
                message = f"{name} {_listed(values)} cannot be asked for with CUSTOM"
                report.refuse(NOT_FOR_CUSTOM[name], inner, message, "Leave it out, or let the action be ALLOW or DENY.")
    for index, condition in enumerate(rule.when):
        key = condition.key or ""
        code = "V7010" if key in IDENTITIES else "V7011" if key.startswith(TOKEN) else None
        if code is not None:
            report.refuse(
                code,
                f"{path}.when[{index}].key",
                f"{key!r} cannot be asked for with CUSTOM",
                "Leave it out, or let the action be ALLOW or DENY.",
            )


def _check_rule(rule: Rule, path: str, report: Report) -> None:
    for index, origin in enumerate(rule.from_):
        policy_sources.check_source(origin.source, f"{path}.from[{index}].source", report)
    for index, target in enumerate(rule.to):
        policy_operations.check_operation(target.operation, f"{path}.to[{index}].operation", report)
    for index, condition in enumerate(rule.when):
        policy_conditions.check_condition(condition, f"{path}.when[{index}]", report)


def _knows_http_only(rule: Rule) -> bool:
    sources = [each.source for each in rule.from_ if each.source]
    operations = [each.operation for each in rule.to if each.operation]
    if operations:
        return not any(each.ports or each.not_ports for each in operations)
    return bool(sources) and not any(
        values and name in TCP_LISTS for source in sources for name, values in lists_of(source)
    )


def _listed(values: Sequence[str]) -> str:
    return ", ".join(map(repr, values[:3])) + (", ..." if len(values) > 3 else "")
