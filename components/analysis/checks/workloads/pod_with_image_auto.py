"""A Pod has the image that stands for the one the injector gives."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injector import has_image_auto
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0814",
    title="a pod runs with the image auto",
    severity=Severity.ERROR,
    reads=("Pod",),
    istio="IST0147",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Pods whose istio-proxy has the image auto. Source: istio.io, Installing Gateways."""
    cluster = bool(snapshot.of("MutatingWebhookConfiguration"))
    for workload in snapshot.workloads.all:
        if not workload.is_pod or not has_image_auto(workload):
            continue
        sure = cluster or bool(workload.owner.plain.get("status")) or bool(workload.metadata.uid)
        doubt = "" if sure else "; but no webhooks are among these documents, so this could not be told for sure"
        yield CHECK.found(
            workload.owner,
            "spec.containers",
            f"the image of istio-proxy is auto: the pod was not injected and can not start{doubt}",
            "Label its namespace or the pod for injection and create the pod again, or name an image.",
            severity=None if sure else Severity.INFO,
        )
