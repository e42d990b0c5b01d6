"""An AuthorizationPolicy names a namespace that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import AuthorizationPolicy

CHECK = Check(
    code="M0602",
    title="an AuthorizationPolicy names a namespace that does not exist",
    severity=Severity.ERROR,
    reads=("AuthorizationPolicy",),
    istio="IST0101",
    kiali="KIA0101",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Entries of source.namespaces and notNamespaces that fit no namespace. Source: istioctl's authz analyzer."""
    fits: dict[str, bool] = {}
    for policy in snapshot.authorization_policies:
        for field, entry in _named(policy):
            if entry not in fits:
                fits[entry] = _fits(entry, snapshot)
            if fits[entry]:
                continue
            sure = snapshot.knows_namespaces(policy)
            doubt = (
                ""
                if sure
                else f"; but nothing of namespace {entry} is among these documents, so this could not be told for sure"
            )
            yield CHECK.found(
                policy,
                field,
                f"there is no namespace {entry}{doubt}",
                'Name a namespace that exists; "prefix*", "*suffix" and "*" are allowed.',
                severity=None if sure else Severity.INFO,
            )


def _named(policy: Declared[AuthorizationPolicy]) -> Iterator[tuple[str, str]]:
    for number, rule in enumerate(policy.spec.rules):
        for place, sender in enumerate(rule.from_):
            if sender.source is not None:
                path = f"spec.rules[{number}].from[{place}].source"
                for index, entry in enumerate(sender.source.namespaces):
                    yield f"{path}.namespaces[{index}]", entry
                for index, entry in enumerate(sender.source.not_namespaces):
                    yield f"{path}.notNamespaces[{index}]", entry


def _fits(entry: str, snapshot: Snapshot) -> bool:
    if entry == "*" or snapshot.has_namespace(entry.lower()):
        return True
    if entry.startswith("*"):
        return any(name.endswith(entry[1:]) for name in snapshot.names_of_namespaces)
    if entry.endswith("*"):
        return any(name.startswith(entry[:-1]) for name in snapshot.names_of_namespaces)
    return False
