"""A Service is not the same wherever it is declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api import Resource
from components.api.kubernetes.service import ServicePort, ServiceSpec

CHECK = Check(
    code="M0904",
    title="a Service differs between clusters",
    severity=Severity.WARNING,
    reads=("Service",),
    istio="IST0170",
)

REMOTE = "istio/multiCluster"


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Services that are declared several times and differ, one finding a name. Source: istioctl's multicluster
    analyzer.
    """
    given: dict[tuple[str, str], list[Declared[ServiceSpec]]] = defaultdict(list)
    for each in snapshot.given:
        if (
            each.kind == "Service"
            and isinstance(each.document, Resource)
            and isinstance(each.document.spec, ServiceSpec)
        ):
            given[each.namespace, each.name].append(each)
    several = _has_several_clusters(snapshot)
    for *others, last in given.values():
        for other in others:
            differences = " and ".join(_differences(last.spec, other.spec))
            if differences:
                doubt = "" if several else "; this matters if the two are for clusters of one mesh"
                where = other.file or "another document"
                line = other.line("metadata.name")
                yield CHECK.found(
                    last,
                    "metadata.name",
                    f"Service {last} has {differences} in {where}{f', line {line}' if line else ''}{doubt}",
                    "Declare the Service alike in every cluster.",
                    severity=None if several else Severity.INFO,
                )
                break


def _has_several_clusters(snapshot: Snapshot) -> bool:
    remote = any(each.labels.get(REMOTE) == "true" for each in snapshot.of("Secret"))
    return remote or bool(snapshot.mesh_networks.networks)


def _differences(one: ServiceSpec, other: ServiceSpec) -> Iterator[str]:
    if (one.cluster_ip == "None") != (other.cluster_ip == "None"):
        yield "no headless address" if one.cluster_ip == "None" else "a headless address"
    if (one.type or "ClusterIP") != (other.type or "ClusterIP"):
        yield f"type {other.type or 'ClusterIP'}"
    if sorted(map(_port, one.ports)) != sorted(map(_port, other.ports)):
        yield "other ports"


def _port(port: ServicePort) -> tuple[str, ...]:
    target = port.target_port if port.target_port not in (None, 0, "") else port.port
    return (port.name or "", str(port.port), str(target), port.protocol or "TCP", port.app_protocol or "")
