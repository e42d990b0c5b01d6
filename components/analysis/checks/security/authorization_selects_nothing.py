"""An AuthorizationPolicy selects no pod of the mesh."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import are_enforced_on, is_attached, labels_of, selected, shown
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0601",
    title="an AuthorizationPolicy selects no pod",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
    istio="IST0127",
    kiali="KIA0004",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Policies whose selector, or whose namespace, has no pod in the mesh. Source: istioctl's authz analyzer."""
    enforced: dict[str, bool] = {}
    for policy in snapshot.authorization_policies:
        labels, namespace = labels_of(policy.spec), policy.namespace
        mesh_wide = namespace == snapshot.root_namespace
        if is_attached(policy.spec) or (mesh_wide and not labels):
            continue
        if labels:
            found = any(are_enforced_on(each, snapshot) for each in selected(snapshot, policy))
        else:
            if namespace not in enforced:
                pods = snapshot.workloads.of_namespace(namespace)
                enforced[namespace] = any(are_enforced_on(each, snapshot) for each in pods)
            found = enforced[namespace]
        if found:
            continue
        sure = snapshot.knows_pods_of(None if mesh_wide else namespace, policy)
        what = (
            f"no pod of the mesh has the labels {shown(labels)}" if labels else "no pod of its namespace is in the mesh"
        )
        doubt = (
            ""
            if sure
            else f"; but nothing of namespace {namespace} is among these documents, so this could not be told for sure"
        )
        yield CHECK.found(
            policy,
            "spec.selector.matchLabels" if labels else "metadata.namespace",
            f"{what}, so the policy protects nothing{doubt}",
            "Select by labels that the pods have, in the namespace of the policy, and see that they are in the mesh.",
            severity=None if sure else Severity.INFO,
        )
