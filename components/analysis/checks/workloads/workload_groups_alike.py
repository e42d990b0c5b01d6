"""Two WorkloadGroups of a namespace have the same labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.workload_group import WorkloadGroup

CHECK = Check(
    code="M0824",
    title="WorkloadGroups of a namespace have the same labels",
    severity=Severity.WARNING,
    reads=("WorkloadGroup",),
    kiali="KIA1702",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Groups whose spec.metadata.labels are the same, and not empty. Source: KIA1702."""
    alike: dict[tuple[str, frozenset[tuple[str, str]]], list[Declared[WorkloadGroup]]] = defaultdict(list)
    for group in snapshot.of("WorkloadGroup", WorkloadGroup):
        spec: WorkloadGroup = group.spec
        if spec.metadata is not None and spec.metadata.labels:
            alike[group.namespace, frozenset(spec.metadata.labels.items())].append(group)
    for (_, labels), groups in alike.items():
        for group in groups if len(groups) > 1 else ():
            other = groups[0] if groups[0] is not group else groups[1]
            yield CHECK.found(
                group,
                "spec.metadata.labels",
                f"WorkloadGroup {other} has the same labels, "
                + ", ".join(f"{key}={value}" for key, value in sorted(labels)),
                "Give each group a label of its own.",
            )
