"""An AuthorizationPolicy wants an identity where mutual TLS is not strict."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import asks_identity
from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.injection import in_ambient
from components.analysis.mutual_tls import Mode
from components.analysis.policies import is_attached, labels_of, selected
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import AuthorizationPolicy

CHECK = Check(
    code="M0606",
    title="a policy wants an identity where mutual TLS is not strict",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
    kiali="KIA0105",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Policies by identity for workloads whose mode is not STRICT. Source: authorization_policy.proto, principals."""
    of_namespaces: dict[str, frozenset[Mode]] = {}
    for policy in snapshot.authorization_policies:
        field = next(asks_identity(policy.spec), None)
        if field is None or is_attached(policy.spec):
            continue
        if labels_of(policy.spec):
            modes = _modes_of_selected(policy, snapshot)
        else:
            if policy.namespace not in of_namespaces:
                of_namespaces[policy.namespace] = _modes_of_namespace(policy.namespace, snapshot)
            modes = of_namespaces[policy.namespace]
        action = policy.spec.action or AuthorizationPolicy.Action.ALLOW
        denies = action is AuthorizationPolicy.Action.DENY
        if Mode.DISABLE in modes:
            said, severity = "mutual TLS is DISABLE there, so no peer ever has one", None
        elif Mode.PERMISSIVE in modes:
            told = snapshot.mutual_tls.namespace(policy.namespace).policy is not None
            severity = None if denies and told else Severity.INFO
            said = "mutual TLS is PERMISSIVE there, so a peer that connects in plain text has none" + (
                " and is not denied" if denies else " and is not let in"
            )
            if not told:
                said += (
                    f"; but no PeerAuthentication for namespace {policy.namespace} is among these documents, so this"
                    " could not be told for sure"
                )
        else:
            continue
        yield CHECK.found(
            policy,
            field,
            f"it wants peers with an identity, and {said}",
            "Set mutual TLS to STRICT for these workloads by a PeerAuthentication.",
            severity=severity,
        )


def _modes_of_selected(policy: Declared[AuthorizationPolicy], snapshot: Snapshot) -> frozenset[Mode]:
    found: set[Mode] = set()
    workloads = selected(snapshot, policy)
    for workload in workloads:
        if not in_ambient(workload, snapshot.namespaces):
            found |= set(snapshot.mutual_tls.said_of(workload.namespace, workload.labels))
    if not workloads:
        found |= set(snapshot.mutual_tls.said_of(policy.namespace, labels_of(policy.spec)))
    return frozenset(found)


def _modes_of_namespace(namespace: str, snapshot: Snapshot) -> frozenset[Mode]:
    workloads = snapshot.workloads.of_namespace(namespace)
    if workloads and all(in_ambient(each, snapshot.namespaces) for each in workloads):
        return frozenset()
    return frozenset({snapshot.mutual_tls.namespace(namespace).mode})
