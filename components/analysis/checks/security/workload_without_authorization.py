"""No AuthorizationPolicy is for a workload of a namespace that uses them."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.policies import Policies, are_enforced_on, is_attached
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0623",
    title="no AuthorizationPolicy is for a workload",
    severity=Severity.INFO,
    reads=("AuthorizationPolicy",),
    kiali="KIA1301",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Workloads of the mesh that no policy holds for. Source: KIA1301; istio.io, Security Best Practices."""
    given = snapshot.authorization_policies
    policies = Policies(snapshot, given)
    using = {each.namespace for each in given if not is_attached(each.spec)}
    for workload in snapshot.workloads.all:
        if workload.namespace not in using or any(policies.of(workload)) or not are_enforced_on(workload, snapshot):
            continue
        yield CHECK.found(
            workload.owner,
            "metadata.name",
            "no AuthorizationPolicy is for these pods, though others of their namespace have one: all requests are let in",
            "Add a policy for them, or one without selector and rules for the namespace, which lets nothing in that no"
            " other allows.",
        )
