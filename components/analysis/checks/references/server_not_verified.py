"""A DestinationRule does TLS and does not check who answers."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import ClientTLSSettings

CHECK = Check(
    code="M0130",
    title="TLS to a host without checking who answers",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
    istio="IST0128",
)
OF_PORT = "IST0129"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """SIMPLE and MUTUAL without caCertificates, for the host or for a port. A credentialName counts only with a
    workloadSelector: sidecars take it from no secret otherwise. Source: ClientTLSSettings in destination_rule.proto.
    """
    for rule in snapshot.destination_rules:
        policy = rule.spec.traffic_policy
        if policy is None:
            continue
        settings = [("spec.trafficPolicy", policy.tls, "", CHECK.istio)]
        settings += [
            (
                f"spec.trafficPolicy.portLevelSettings[{index}]",
                each.tls,
                f", port {each.port.number if each.port is not None else 'unset'}",
                OF_PORT,
            )
            for index, each in enumerate(policy.port_level_settings)
        ]
        for path, tls, where, istio in settings:
            mode = _unverified(tls, selected=rule.spec.workload_selector is not None)
            if mode is not None:
                yield CHECK.found(
                    rule,
                    f"{path}.tls",
                    f"TLS mode {mode} without caCertificates: the certificate of host {rule.spec.host!r}{where} is not"
                    " verified against an authority of your choice",
                    "Set caCertificates to the file with the authorities (system for those of the image), or"
                    " credentialName together with a workloadSelector.",
                    istio=istio,
                )


def _unverified(tls: ClientTLSSettings | None, *, selected: bool) -> str | None:
    modes = (ClientTLSSettings.TLSmode.SIMPLE, ClientTLSSettings.TLSmode.MUTUAL)
    if tls is None or tls.mode not in modes or tls.ca_certificates or (tls.credential_name and selected):
        return None
    return tls.mode.value
