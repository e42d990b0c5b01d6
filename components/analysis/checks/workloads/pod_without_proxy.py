"""A pod of an injected namespace has no proxy."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import DATAPLANE_MODE, INJECT, INJECTION
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0812",
    title="a pod of an injected namespace has no proxy",
    severity=Severity.WARNING,
    reads=("Pod",),
    istio="IST0103",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Pods without istio-proxy where istio-injection is enabled. Source: istio.io, Sidecar Injection Problems."""
    read_from_cluster = {each.namespace for each in snapshot.workloads.all if each.is_pod and each.has_sidecar}
    for workload in snapshot.workloads.all:
        namespace = snapshot.namespaces.get(workload.namespace)
        if not workload.is_pod or workload.has_sidecar or namespace is None or namespace.name == "istio-system":
            continue
        labels = namespace.labels
        if labels.get(INJECTION) != "enabled" or labels.get(DATAPLANE_MODE) == "ambient":
            continue
        asked = workload.labels.get(INJECT, workload.annotations.get(INJECT, ""))
        if asked.lower() == "false" or (workload.spec is not None and workload.spec.host_network):
            continue
        sure = workload.namespace in read_from_cluster
        doubt = "" if sure else ", if it was read from a cluster; a pod that is yet to be created gets one"
        yield CHECK.found(
            workload.owner,
            "spec.containers",
            f"the pod has no istio-proxy, though namespace {namespace.name} asks for injection{doubt}",
            f"Create it again, such as by a restart of its Deployment, or label it {INJECT}=false.",
            severity=None if sure else Severity.INFO,
        )
