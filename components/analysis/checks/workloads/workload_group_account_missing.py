"""The service account of a WorkloadGroup does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.accounts import Accounts
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.workload_group import WorkloadGroup

CHECK = Check(
    code="M0823",
    title="the service account of a WorkloadGroup does not exist",
    severity=Severity.WARNING,
    reads=("WorkloadGroup",),
    kiali="KIA1701",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """WorkloadGroups whose template names an account that is nowhere. Source: KIA1701."""
    accounts = Accounts(snapshot)
    for group in snapshot.of("WorkloadGroup", WorkloadGroup):
        spec: WorkloadGroup = group.spec
        name = spec.template.service_account if spec.template is not None else None
        if not name or accounts.has(group.namespace, name):
            continue
        sure = accounts.are_known_of(group.namespace)
        doubt = (
            ""
            if sure
            else f"; but no service account of namespace {group.namespace} is among these documents, so this could not"
            " be told for sure"
        )
        yield CHECK.found(
            group,
            "spec.template.serviceAccount",
            f"service account {group.namespace}/{name} does not exist{doubt}",
            "Declare the account, or name one of this namespace that exists.",
            severity=None if sure else Severity.INFO,
        )
