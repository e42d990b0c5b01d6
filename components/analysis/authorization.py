"""What AuthorizationPolicies speak of: identities, tokens and requests, each with its path from the root of the
document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from components.analysis.declared import Declared
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import AuthorizationPolicy, Condition, Operation, Rule, Source

__all__ = [
    "Named",
    "Principal",
    "asks_identity",
    "asks_token",
    "conditions_of",
    "local_trust_domains",
    "operations_of",
    "principals_of",
    "read_principal",
    "reads_http",
    "service_accounts_of",
    "sources_of",
]

Action = AuthorizationPolicy.Action
IDENTITY = ("source.principal", "source.namespace", "source.serviceAccount", "source.trustDomain")


class Named(NamedTuple):
    """A value, and where it stands."""

    field: str
    value: str


class Principal(NamedTuple):
    """The identity of a workload: cluster.local/ns/shop/sa/servicex."""

    trust_domain: str
    namespace: str
    account: str


PRINCIPAL = re.compile(r"([^/*]+|\*)/ns/([^/*]+)/sa/([^/*]+)")


def read_principal(text: str) -> Principal | None:
    """A principal that is given in full, or after a "*" for any trust domain; None for a pattern or another form."""
    found = PRINCIPAL.fullmatch(text)
    return Principal(*found.groups()) if found is not None else None


def local_trust_domains(snapshot: Snapshot) -> frozenset[str]:
    """Trust domains of this mesh. "cluster.local" always means its own, whatever that is called."""
    config = snapshot.mesh_config
    return frozenset({"cluster.local", config.trust_domain or "cluster.local", *config.trust_domain_aliases})


def sources_of(spec: AuthorizationPolicy) -> Iterator[tuple[str, Source]]:
    """Every source of every rule."""
    for number, rule in enumerate(spec.rules):
        for index, each in enumerate(rule.from_):
            if each.source is not None:
                yield f"spec.rules[{number}].from[{index}].source", each.source


def operations_of(spec: AuthorizationPolicy) -> Iterator[tuple[str, Operation]]:
    """Every operation of every rule."""
    for number, rule in enumerate(spec.rules):
        for index, each in enumerate(rule.to):
            if each.operation is not None:
                yield f"spec.rules[{number}].to[{index}].operation", each.operation


def conditions_of(spec: AuthorizationPolicy) -> Iterator[tuple[str, Condition]]:
    """Every condition of every rule."""
    for number, rule in enumerate(spec.rules):
        for index, each in enumerate(rule.when):
            yield f"spec.rules[{number}].when[{index}]", each


def principals_of(spec: AuthorizationPolicy) -> Iterator[Named]:
    """Every principal that a policy names, wanted or not."""
    for path, source in sources_of(spec):
        yield from _listed(f"{path}.principals", source.principals)
        yield from _listed(f"{path}.notPrincipals", source.not_principals)
    for path, condition in conditions_of(spec):
        if condition.key == "source.principal":
            yield from _listed(f"{path}.values", condition.values)
            yield from _listed(f"{path}.notValues", condition.not_values)


def service_accounts_of(policy: Declared[AuthorizationPolicy]) -> Iterator[tuple[Named, str, str]]:
    """Every entry of serviceAccounts with its namespace and name; without a namespace it is that of the policy."""
    for path, source in sources_of(policy.spec):
        entries = (
            *_listed(f"{path}.serviceAccounts", source.service_accounts),
            *_listed(f"{path}.notServiceAccounts", source.not_service_accounts),
        )
        for each in entries:
            namespace, slash, name = each.value.partition("/")
            yield (each, namespace, name) if slash else (each, policy.namespace, namespace)


def asks_token(spec: AuthorizationPolicy) -> Iterator[str]:
    """Where a policy looks at a token: request principals, claims."""
    for path, source in sources_of(spec):
        if source.request_principals:
            yield f"{path}.requestPrincipals"
        if source.not_request_principals:
            yield f"{path}.notRequestPrincipals"
    for path, condition in conditions_of(spec):
        if (condition.key or "").startswith("request.auth."):
            yield f"{path}.key"


def asks_identity(spec: AuthorizationPolicy) -> Iterator[str]:
    """Where a policy wants a peer with an identity, which mutual TLS alone gives."""
    for path, source in sources_of(spec):
        for key, given in (
            ("principals", source.principals),
            ("namespaces", source.namespaces),
            ("serviceAccounts", source.service_accounts),
            ("trustDomains", source.trust_domains),
        ):
            if given:
                yield f"{path}.{key}"
    for path, condition in conditions_of(spec):
        if condition.key in IDENTITY and condition.values:
            yield f"{path}.key"


def reads_http(rule: Rule) -> str | None:
    """What a rule looks at that only HTTP has; None when it can be met on a connection of any protocol."""
    for each in rule.to:
        operation = each.operation or Operation()
        for key, given in (
            ("methods", operation.methods or operation.not_methods),
            ("paths", operation.paths or operation.not_paths),
            ("hosts", operation.hosts or operation.not_hosts),
        ):
            if given:
                return key
    for sender in rule.from_:
        source = sender.source or Source()
        if source.request_principals or source.not_request_principals:
            return "requestPrincipals"
    for condition in rule.when:
        if (condition.key or "").startswith("request."):
            return condition.key
    return None


def _listed(field: str, values: tuple[str, ...]) -> Iterator[Named]:
    for index, value in enumerate(values):
        yield Named(f"{field}[{index}]", value)
