"""A principal of a form that no peer has."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import principals_of, read_principal
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0608",
    title="a principal of a form that no peer has",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Principals that begin with spiffe:// or are not trustDomain/ns/x/sa/y. Source: authorization_policy.proto,
    principals.
    """
    for policy in snapshot.authorization_policies:
        for field, value in principals_of(policy.spec):
            problem = _problem(value)
            if problem is not None:
                yield CHECK.found(
                    policy,
                    field,
                    f"the principal {value!r} {problem}, so it never matches",
                    'Write trustDomain/ns/NAMESPACE/sa/ACCOUNT, such as cluster.local/ns/shop/sa/front, or "prefix*",'
                    ' "*suffix" or "*".',
                )


def _problem(value: str) -> str | None:
    if value.startswith("spiffe://"):
        return "begins with spiffe://, which Istio adds itself"
    fixed = value[1:] if value.startswith("*") else value.removesuffix("*")
    if "*" in fixed:
        return 'has a "*" that is neither its first nor its last letter'
    if fixed == value and read_principal(value) is None:
        return "is not of the form trustDomain/ns/NAMESPACE/sa/ACCOUNT"
    return None
