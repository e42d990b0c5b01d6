"""A RequestAuthentication lets in requests without a token."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import asks_token
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.scopes import Scopes
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0604",
    title="requests without a token are let in",
    severity=Severity.WARNING,
    reads=("RequestAuthentication",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """RequestAuthentications beside which no policy asks for a token. Source: the note at the head of
    request_authentication.proto.
    """
    policies = snapshot.authorization_policies
    asking = Scopes((each for each in policies if any(asks_token(each.spec))), snapshot.root_namespace)
    all_policies = Scopes(policies, snapshot.root_namespace)
    for authentication in snapshot.request_authentications:
        if not authentication.spec.jwt_rules or asking.meet(authentication):
            continue
        sure = snapshot.complete or all_policies.are_known_of(authentication.namespace)
        doubt = (
            ""
            if sure
            else f"; but no AuthorizationPolicy of namespace {authentication.namespace} is among these documents, so"
            " this could not be told for sure"
        )
        yield CHECK.found(
            authentication,
            "spec.jwtRules",
            f"requests with a bad token are refused, those without any are let in: no AuthorizationPolicy asks for"
            f" one{doubt}",
            "Add an AuthorizationPolicy for the same workloads with source.requestPrincipals, or one with action DENY"
            ' and notRequestPrincipals: ["*"].',
            severity=None if sure else Severity.INFO,
        )
