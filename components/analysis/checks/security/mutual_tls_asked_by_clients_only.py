"""Clients are told to speak mutual TLS, and servers are not told to ask for it."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.client_tls import TLSMode, covered_namespace, covers_mesh, tls_of_all
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0621",
    title="mutual TLS is asked of clients only",
    severity=Severity.INFO,
    reads=("DestinationRule",),
    kiali="KIA0205, KIA0206",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules for a namespace or the mesh with ISTIO_MUTUAL where no PeerAuthentication holds. Source: KIA0205, KIA0206."""
    for rule in snapshot.destination_rules:
        namespace = covered_namespace(rule)
        whole = covers_mesh(rule.spec)
        if tls_of_all(rule.spec) is not TLSMode.ISTIO_MUTUAL or (namespace is None and not whole):
            continue
        in_force = snapshot.mutual_tls.mesh if namespace is None else snapshot.mutual_tls.namespace(namespace)
        if in_force.policy is None:
            where = "the mesh" if namespace is None else f"namespace {namespace}"
            yield CHECK.found(
                rule,
                "spec.trafficPolicy.tls.mode",
                f"clients are told ISTIO_MUTUAL for {where}, and no PeerAuthentication among these documents speaks of"
                " it: plain text is taken as well",
                "Add a PeerAuthentication with mode STRICT, or leave tls out: Istio's clients choose mutual TLS"
                " themselves.",
            )
