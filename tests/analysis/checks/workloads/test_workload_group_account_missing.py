"""M0823: the service account of a WorkloadGroup does not exist."""

from __future__ import annotations

from components.analysis.checks.workloads import workload_group_account_missing
from tests.analysis.checking import findings_of

GROUP = """
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: {name: reviews, namespace: shop}
spec: {template: {serviceAccount: %s}}
"""
ACCOUNT = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: vm, namespace: shop}\n"


def test_an_account_that_is_not_there_beside_others_is_a_warning() -> None:
    (found,) = findings_of(workload_group_account_missing, GROUP % "other" + ACCOUNT)
    assert (found.code, found.severity.value) == ("M0823", "warning")


def test_with_no_accounts_at_all_it_is_information() -> None:
    (found,) = findings_of(workload_group_account_missing, GROUP % "vm")
    assert (found.code, found.severity.value) == ("M0823", "info")


def test_one_that_is_there_and_the_default_one_are_fine() -> None:
    assert not findings_of(workload_group_account_missing, GROUP % "vm" + ACCOUNT)
    assert not findings_of(workload_group_account_missing, GROUP % "default" + ACCOUNT)
