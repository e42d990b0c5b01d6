"""An AuthorizationPolicy asks for a token that nobody validates."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import asks_token
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.scopes import Scopes
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0605",
    title="a policy asks for a token that nobody validates",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Policies that look at tokens where no RequestAuthentication holds. Source: authorization_policy.proto,
    request_principals.
    """
    validating = Scopes(snapshot.request_authentications, snapshot.root_namespace)
    for policy in snapshot.authorization_policies:
        field = next(asks_token(policy.spec), None)
        if field is None or validating.meet(policy):
            continue
        sure = snapshot.complete or validating.are_known_of(policy.namespace)
        doubt = (
            ""
            if sure
            else f"; but no RequestAuthentication of namespace {policy.namespace} is among these documents, so this"
            " could not be told for sure"
        )
        yield CHECK.found(
            policy,
            field,
            f"it looks at a token, and no RequestAuthentication validates one for these workloads{doubt}",
            "Add a RequestAuthentication with the issuer for the same workloads.",
            severity=None if sure else Severity.INFO,
        )
