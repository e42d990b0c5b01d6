"""A template has the image that stands for the injector's, and nothing injects its pods."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import has_sidecar
from components.analysis.injector import has_image_auto, injection_webhooks, is_asked
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload

CHECK = Check(
    code="M0815",
    title="pods with the image auto are not injected",
    severity=Severity.WARNING,
    reads=("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"),
    istio="IST0146",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Templates whose istio-proxy has the image auto and that no webhook matches. Source: istio.io, Installing
    Gateways.
    """
    for workload in snapshot.workloads.all:
        if workload.is_pod or not has_image_auto(workload):
            continue
        injected = _is_injected(workload, snapshot)
        if injected:
            continue
        doubt = (
            ""
            if injected is not None
            else f"; but nothing of namespace {workload.namespace} is among these documents, so this could not be told"
            " for sure"
        )
        yield CHECK.found(
            workload.owner,
            f"{workload.field}.spec.containers",
            f"the image of istio-proxy is auto, and nothing injects these pods{doubt}",
            'Give the template the label sidecar.istio.io/inject: "true", or label its namespace for injection.',
            severity=None if injected is not None else Severity.INFO,
        )


def _is_injected(workload: Workload, snapshot: Snapshot) -> bool | None:
    webhooks = injection_webhooks(snapshot)
    namespace = snapshot.namespaces.get(workload.namespace)
    labels = namespace.labels if namespace is not None else {}
    if webhooks:
        return any(is_asked(webhook, labels, workload.labels) for webhook in webhooks)
    # The container that is there already is the template's own, so only labels can tell.
    bare = Workload(workload.owner, workload.metadata, None, workload.field)
    return True if "istio.io/rev" in workload.labels else has_sidecar(bare, snapshot.namespaces)
