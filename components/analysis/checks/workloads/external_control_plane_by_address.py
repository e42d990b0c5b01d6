"""A webhook of an external control plane is asked at an IP address."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.external_control_plane import external_hooks, host_of
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0821",
    title="an external control plane is named by an IP address",
    severity=Severity.INFO,
    reads=("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
    istio="IST0164",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Webhooks of Istio whose URL has an address as its host. Source: istio.io, External Control Plane."""
    for hook in external_hooks(snapshot):
        host = host_of(hook.url) if hook.url else None
        if host and _is_address(host):
            yield CHECK.found(
                hook.declared,
                f"webhooks[{hook.place}].clientConfig.url",
                f"webhook {hook.name} is asked at the address {host}, not at a host name",
                "Give the control plane a host name and a certificate for it.",
            )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host
