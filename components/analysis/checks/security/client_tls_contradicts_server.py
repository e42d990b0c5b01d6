"""Clients are told to connect in a way that the server does not take."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.client_tls import ClientTLS, TLSMode, covered_namespace, covers_mesh, tls_of
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.injection import has_sidecar, in_ambient
from components.analysis.mutual_tls import InForce, Mode
from components.analysis.ports import port_of_pods
from components.analysis.snapshot import Snapshot
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.destination_rule import DestinationRule

CHECK = Check(
    code="M0612",
    title="clients connect in a way that the server does not take",
    severity=Severity.ERROR,
    reads=("DestinationRule",),
    kiali="KIA0207, KIA0208",
)

REFUSED = {
    Mode.STRICT: (TLSMode.DISABLE, TLSMode.SIMPLE),
    Mode.DISABLE: (TLSMode.ISTIO_MUTUAL,),
}


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules whose tls the PeerAuthentications in force refuse. Source: istio.io, Network Problems; KIA0207, KIA0208."""
    if not snapshot.peer_authentications:
        return
    services = {
        fqdn(each.name, each.namespace): each for each in snapshot.of("Service", ServiceSpec) if each.spec.selector
    }
    for rule in snapshot.destination_rules:
        for setting in tls_of(rule.spec):
            against = next(
                (
                    each
                    for each in _in_force(rule, setting, services, snapshot)
                    if setting.mode in REFUSED.get(each.mode, ())
                ),
                None,
            )
            if against is not None and against.policy is not None:
                takes = "mutual TLS" if against.mode is Mode.STRICT else "plain text"
                wanted = "ISTIO_MUTUAL, or leave tls out," if against.mode is Mode.STRICT else "DISABLE"
                yield CHECK.found(
                    rule,
                    setting.field,
                    f"clients are told {setting.mode.value}, and PeerAuthentication {against.policy} takes {takes} only:"
                    " connections fail",
                    f"Set mode {wanted} here, or another mode in the PeerAuthentication.",
                )


def _in_force(
    rule: Declared[DestinationRule],
    setting: ClientTLS,
    services: dict[str, Declared[ServiceSpec]],
    snapshot: Snapshot,
) -> Iterator[InForce]:
    """What holds where the setting is for."""
    namespace = covered_namespace(rule)
    if covers_mesh(rule.spec):
        yield snapshot.mutual_tls.mesh
    elif namespace is not None:
        yield snapshot.mutual_tls.namespace(namespace)
    service = services.get(fqdn(rule.spec.host or "", rule.namespace))
    if service is None:
        return
    for workload in snapshot.workloads.selected({**service.spec.selector, **setting.labels}, service.namespace):
        # ztunnel takes mutual TLS for it whatever the rule says, and without a sidecar nobody asks for any.
        if has_sidecar(workload, snapshot.namespaces) is False or in_ambient(workload, snapshot.namespaces):
            continue
        for port in service.spec.ports:
            if setting.port in (None, port.port):
                yield snapshot.mutual_tls.workload(workload.namespace, workload.labels, port_of_pods(port, workload))
