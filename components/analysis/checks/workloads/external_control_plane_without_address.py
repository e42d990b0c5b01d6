"""A webhook of an external control plane says nowhere, or nowhere that can be read, to be asked."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.external_control_plane import external_hooks, host_of
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0820",
    title="a webhook of an external control plane has no address",
    severity=Severity.WARNING,
    reads=("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
    istio="IST0163",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Webhooks of Istio without a service whose URL is empty or no URL. Source: istio.io, External Control Plane."""
    for hook in external_hooks(snapshot):
        if not hook.url and hook.has_service:
            continue
        if not hook.url:
            said = "has neither a url nor a service"
        elif host_of(hook.url) is None:
            said = f"has {hook.url!r} as url, which is no URL"
        else:
            continue
        yield CHECK.found(
            hook.declared,
            f"webhooks[{hook.place}].clientConfig.url",
            f"webhook {hook.name} {said}, so it can not be asked",
            "Give the URL of the control plane, such as https://istiod.example.com:15017/inject.",
        )
