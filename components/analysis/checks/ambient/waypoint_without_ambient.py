"""A waypoint is asked for where nothing is in ambient mode."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import DATAPLANE_MODE, namespace_is_ambient
from components.analysis.snapshot import Snapshot
from components.analysis.waypoints import NONE, USE_WAYPOINT

CHECK = Check(
    code="M0941",
    title="a waypoint is asked for in a namespace that is not in ambient mode",
    severity=Severity.WARNING,
    reads=("Namespace",),
    kiali="KIA1312",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Namespaces with the label for a waypoint, of which no workload is in ambient mode by a label of its own either.
    Source: istio.io, Configure waypoint proxies.
    """
    ambient = {each.namespace for each in snapshot.workloads.all if each.labels.get(DATAPLANE_MODE) == "ambient"}
    for name, namespace in snapshot.namespaces.items():
        waypoint = namespace.labels.get(USE_WAYPOINT)
        if waypoint in NONE or namespace_is_ambient(namespace) or name in ambient:
            continue
        yield CHECK.found(
            namespace,
            f'metadata.labels["{USE_WAYPOINT}"]',
            f"requests to namespace {name} do not pass the waypoint {waypoint!r}: sidecars and clients without a proxy do"
            " not go there, and nothing of the namespace is in ambient mode",
            f"Label the namespace {DATAPLANE_MODE}: ambient, or take the waypoint's label off.",
        )
