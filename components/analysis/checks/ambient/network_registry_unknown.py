"""A network takes its endpoints from a registry that is not there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.mesh_config import ROOT_NAMESPACE
from components.analysis.reading import Source
from components.analysis.snapshot import Snapshot
from components.api.kubernetes.core import ConfigMap, Secret

CHECK = Check(
    code="M0903",
    title="a network takes its endpoints from an unknown registry",
    severity=Severity.ERROR,
    reads=("MeshNetworks",),
    istio="IST0126",
)

OF_ISTIO = frozenset({"Mock", "Kubernetes", "External"})
REMOTE = "istio/multiCluster"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Values of fromRegistry that no cluster has. Source: istioctl's multicluster analyzer."""
    known, remote = set(OF_ISTIO), False
    for secret in snapshot.of("Secret"):
        if secret.labels.get(REMOTE) == "true" and isinstance(secret.document, Secret):
            remote = True
            known |= {*secret.document.data, *secret.document.string_data}
    subject, place = _subject(snapshot)
    for network, value in snapshot.mesh_networks.networks.items():
        endpoints = value.get("endpoints")
        for index, endpoint in enumerate(endpoints if isinstance(endpoints, list) else ()):
            registry = endpoint.get("fromRegistry") if isinstance(endpoint, dict) else None
            if registry is None or registry in known:
                continue
            doubt = (
                "" if remote else "; but no remote secret is among these documents, so this could not be told for sure"
            )
            found = CHECK.found(
                subject,
                f"networks.{network}.endpoints[{index}].fromRegistry",
                f"network {network} takes its endpoints from {registry}, which is the name of no cluster{doubt}",
                f"Known: {', '.join(sorted(known))}. Name one of them, or add a remote secret for the cluster.",
                severity=None if remote else Severity.INFO,
            )
            yield msgspec.structs.replace(found, file=place[0], line=place[1])


def _subject(snapshot: Snapshot) -> tuple[Declared[object], tuple[str | None, int | None]]:
    """What istioctl calls them, and where they stand: they are part of a ConfigMap, or no object at all."""
    value = {"kind": "MeshNetworks", "metadata": {"name": "meshnetworks", "namespace": ROOT_NAMESPACE}}
    for each in snapshot.of("ConfigMap"):
        if isinstance(each.document, ConfigMap) and "meshNetworks" in each.document.data:
            return Declared(None, Source(value)), (each.file, each.line("data.meshNetworks"))
    return Declared(None, Source(value)), (None, None)
