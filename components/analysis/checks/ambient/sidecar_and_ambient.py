"""Pods are to have a sidecar and to be in ambient mode at once."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import DATAPLANE_MODE, INJECT, in_ambient, is_redirected
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload

CHECK = Check(
    code="M0940",
    title="pods have a sidecar and are in ambient mode",
    severity=Severity.ERROR,
    reads=("Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Rollout"),
    kiali="KIA1311, KIA1314, KIA1315, KIA1316",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Where the pods' own words contradict each other, an error; where the namespace says ambient, a warning: the sidecar
    takes the traffic then. Source: istio.io, Add workloads to the mesh (ambient).
    """
    for workload in snapshot.workloads.all:
        sidecar = _asks_for_sidecar(workload)
        if sidecar is None:
            continue
        own = _asks_for_ambient(workload)
        if own is None and not in_ambient(workload, snapshot.namespaces):
            continue
        ambient = own or f"namespace {workload.namespace} is in ambient mode"
        metadata = f"{workload.field}.metadata" if workload.field else "metadata"
        yield CHECK.found(
            workload.owner,
            f"{metadata}.labels" if workload.labels else metadata,
            f"the pods are claimed twice: {sidecar}, and {ambient}",
            "Choose one: leave the sidecar out, or take the pods out of ambient mode with the label"
            f" {DATAPLANE_MODE}: none.",
            severity=None if own is not None else Severity.WARNING,
        )


def _asks_for_sidecar(workload: Workload) -> str | None:
    if workload.has_sidecar:
        return "a container istio-proxy stands in them"
    asked = workload.labels.get(INJECT) == "true" or workload.annotations.get(INJECT) == "true"
    return f"{INJECT} is true" if asked else None


def _asks_for_ambient(workload: Workload) -> str | None:
    if workload.labels.get(DATAPLANE_MODE) == "ambient":
        return f"the label {DATAPLANE_MODE} is ambient"
    return "their traffic is redirected to the node's proxy" if is_redirected(workload) else None
