"""TLS is put around TLS."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.client_tls import ClientTLS, TLSMode, tls_of
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import Host, HostPort, fqdn
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import DestinationRule

CHECK = Check(
    code="M0611",
    title="TLS is put around TLS",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)

AROUND = (TLSMode.SIMPLE, TLSMode.MUTUAL)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules with mode SIMPLE or MUTUAL for a port of a ServiceEntry with protocol HTTPS or TLS. Source: istio.io,
    Network Problems, Double TLS.
    """
    routed = {
        fqdn(share.destination.host or "", service.namespace)
        for service in snapshot.virtual_services
        for route in service.spec.http
        for share in route.route
        if share.destination is not None
    }
    for rule in snapshot.destination_rules:
        settings = [each for each in tls_of(rule.spec) if each.mode in AROUND]
        name = fqdn(rule.spec.host or "", rule.namespace)
        for host in snapshot.hosts.named(name) if settings and name not in routed else ():
            found = None if host.is_service or host.name in routed else _twice(settings, host, rule.spec)
            if found is not None:
                setting, port = found
                yield CHECK.found(
                    rule,
                    setting.field,
                    f"mode {setting.mode.value} puts TLS around what is sent to {host.name} on port {port.number}, which"
                    f" is {port.protocol} already",
                    "Leave tls out, or declare the port as HTTP in the ServiceEntry and send plain HTTP to it.",
                )
                break


def _twice(settings: list[ClientTLS], host: Host, rule: DestinationRule) -> tuple[ClientTLS, HostPort] | None:
    policy = rule.traffic_policy
    own = {each.port.number for each in (policy.port_level_settings if policy is not None else ()) if each.port}
    for setting in settings:
        for port in host.ports:
            covered = setting.port == port.number or (setting.port is None and port.number not in own)
            if covered and port.protocol in ("HTTPS", "TLS"):
                return setting, port
    return None
