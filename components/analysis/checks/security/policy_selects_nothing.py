"""A PeerAuthentication, RequestAuthentication or WasmPlugin selects no pod."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import is_attached, labels_of, selected, shown
from components.analysis.snapshot import Snapshot
from components.api.extensions.wasm import WasmPlugin

CHECK = Check(
    code="M0616",
    title="a policy selects no pod",
    severity=Severity.WARNING,
    reads=("PeerAuthentication", "RequestAuthentication", "WasmPlugin"),
    kiali="KIA0004",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Policies of these kinds whose labels no pod has. Source: KIA0004."""
    root = snapshot.root_namespace
    policies = (
        *(each for each in snapshot.peer_authentications if each.namespace != root),
        *snapshot.request_authentications,
        *snapshot.of("WasmPlugin", WasmPlugin),
    )
    for policy in policies:
        labels = labels_of(policy.spec)
        if not labels or is_attached(policy.spec) or selected(snapshot, policy):
            continue
        everywhere = policy.namespace == root
        sure = snapshot.knows_pods_of(None if everywhere else policy.namespace, policy)
        doubt = (
            ""
            if sure
            else f"; but nothing of namespace {policy.namespace} is among these documents, so this could not be told for"
            " sure"
        )
        where = "the mesh" if everywhere else f"namespace {policy.namespace}"
        yield CHECK.found(
            policy,
            "spec.selector.matchLabels",
            f"no pod of {where} has the labels {shown(labels)}{doubt}",
            "Select by labels that pods of this namespace have.",
            severity=None if sure else Severity.INFO,
        )
