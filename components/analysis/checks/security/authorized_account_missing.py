"""An AuthorizationPolicy names a service account that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.accounts import Accounts
from components.analysis.authorization import (
    local_trust_domains,
    principals_of,
    read_principal,
    service_accounts_of,
)
from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import AuthorizationPolicy

CHECK = Check(
    code="M0619",
    title="an AuthorizationPolicy names a service account that does not exist",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
    kiali="KIA0106",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Accounts of principals and serviceAccounts that are nowhere. Source: KIA0106."""
    accounts, local = Accounts(snapshot), {*local_trust_domains(snapshot), "*"}
    for policy in snapshot.authorization_policies:
        for field, namespace, name in _named(policy, local):
            if accounts.has(namespace, name):
                continue
            sure = accounts.are_known_of(namespace)
            doubt = (
                ""
                if sure
                else f"; but no service account of namespace {namespace} is among these documents, so this could not be"
                " told for sure"
            )
            yield CHECK.found(
                policy,
                field,
                f"there is no service account {namespace}/{name}{doubt}",
                "Name an account that pods of the peer have (spec.serviceAccountName; default when they name none).",
                severity=None if sure else Severity.INFO,
            )


def _named(policy: Declared[AuthorizationPolicy], local: set[str]) -> Iterator[tuple[str, str, str]]:
    for field, value in principals_of(policy.spec):
        principal = read_principal(value)
        if principal is not None and principal.trust_domain in local:
            yield field, principal.namespace, principal.account
    for entry, namespace, name in service_accounts_of(policy):
        if name and "*" not in entry.value:
            yield entry.field, namespace, name
