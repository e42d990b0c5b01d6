"""M0824: WorkloadGroups of a namespace have the same labels."""

from __future__ import annotations

from components.analysis.checks.workloads import workload_groups_alike
from tests.analysis.checking import findings_of

GROUP = """
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: {name: %s, namespace: %s}
spec: {metadata: {labels: {%s}}, template: {}}
---"""


def test_both_of_two_with_the_same_labels_are_reported() -> None:
    found = findings_of(workload_groups_alike, GROUP % ("a", "shop", "app: x") + GROUP % ("b", "shop", "app: x"))
    assert [(each.code, each.name) for each in found] == [("M0824", "a"), ("M0824", "b")]


def test_other_labels_other_namespaces_and_no_labels_are_fine() -> None:
    assert not findings_of(workload_groups_alike, GROUP % ("a", "shop", "app: x") + GROUP % ("b", "shop", "app: y"))
    assert not findings_of(workload_groups_alike, GROUP % ("a", "shop", "app: x") + GROUP % ("b", "other", "app: x"))
    assert not findings_of(workload_groups_alike, GROUP % ("a", "shop", "") + GROUP % ("b", "shop", ""))
