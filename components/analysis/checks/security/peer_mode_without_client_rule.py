"""Without automatic mutual TLS, clients are not told what a PeerAuthentication asks."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.client_tls import TLSMode, covered_namespace, covers_mesh, tls_of_all
from components.analysis.finding import Finding, Severity
from components.analysis.mutual_tls import Mode, mode_of
from components.analysis.policies import labels_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0622",
    title="clients are not told the mode that servers ask for",
    severity=Severity.ERROR,
    reads=("PeerAuthentication",),
    kiali="KIA0401, KIA0501, KIA0505, KIA0506",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """PeerAuthentications for the mesh or a namespace without their rule, where enableAutoMtls is false. Source: KIA0401,
    KIA0501, KIA0505, KIA0506.
    """
    if snapshot.mesh_config.enable_auto_mtls is not False:
        return
    mesh: set[TLSMode | None] = set()
    namespaces: dict[str, TLSMode | None] = {}
    for rule in snapshot.destination_rules:
        namespace = covered_namespace(rule)
        if covers_mesh(rule.spec):
            mesh.add(tls_of_all(rule.spec))
        elif namespace is not None:
            namespaces[namespace] = tls_of_all(rule.spec)
    mesh_mode = TLSMode.ISTIO_MUTUAL if TLSMode.ISTIO_MUTUAL in mesh else None
    for policy in snapshot.peer_authentications:
        mode = mode_of(policy.spec.mtls)
        whole = policy.namespace == snapshot.root_namespace
        told = mesh_mode if whole else namespaces.get(policy.namespace, mesh_mode)
        if labels_of(policy.spec) or mode not in (Mode.STRICT, Mode.DISABLE):
            continue
        if (mode is Mode.STRICT) == (told is TLSMode.ISTIO_MUTUAL):
            continue
        where = "the mesh" if whole else f"namespace {policy.namespace}"
        host = "*.local" if whole else f"*.{policy.namespace}.svc.cluster.local"
        wanted = "ISTIO_MUTUAL" if mode is Mode.STRICT else "DISABLE"
        known = snapshot.complete or bool(snapshot.destination_rules)
        doubt = "" if known else "; but no DestinationRule is among these documents, so this could not be told for sure"
        yield CHECK.found(
            policy,
            "spec.mtls.mode",
            f"{where} is set to {mode.value}, automatic mutual TLS is off, and no DestinationRule tells clients"
            f" {wanted}{doubt}",
            f"Add a DestinationRule for {host} with tls mode {wanted}, or set enableAutoMtls to true.",
            severity=None if known else Severity.WARNING,
        )
