"""The webhook that injects is asked at a Service that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injector import injecting_hooks
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0819",
    title="a webhook that injects is asked at a Service that does not exist",
    severity=Severity.ERROR,
    reads=("MutatingWebhookConfiguration",),
    istio="IST0139",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Webhooks of Istio whose clientConfig.service is not among the Services. Source: istioctl's webhook.Analyzer."""
    services = {(each.namespace, each.name) for each in snapshot.services}
    for hook in injecting_hooks(snapshot):
        client = hook.webhook.client_config
        if client is None or client.service is None:
            continue
        namespace, name = client.service.namespace or "default", client.service.name or ""
        if (namespace, name) in services:
            continue
        sure = snapshot.knows_services_of(namespace, near=hook.declared)
        doubt = (
            ""
            if sure
            else f"; but nothing of namespace {namespace} is among these documents, so this could not be told for sure"
        )
        yield CHECK.found(
            hook.declared,
            f"webhooks[{hook.place}].clientConfig.service.name",
            f"the Service {namespace}/{name} that injects does not exist{doubt}",
            "Name the Service of a control plane that runs, or take the webhook away.",
            severity=None if sure else Severity.INFO,
        )
