"""Pods run another image of the proxy than the injector gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import INJECTION, REVISION, injector_config_map
from components.analysis.injector import ImageTypes, proxy_images
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import SIDECAR

CHECK = Check(
    code="M0813",
    title="pods run another image of the proxy than the injector gives",
    severity=Severity.WARNING,
    reads=("Pod",),
    istio="IST0158",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Namespaces with such pods, one finding each."""
    images = proxy_images(snapshot)
    if not images:
        return
    types = ImageTypes(snapshot)
    others: dict[str, dict[str, str]] = defaultdict(dict)
    for workload in snapshot.workloads.all:
        namespace = snapshot.namespaces.get(workload.namespace)
        if not workload.is_pod or namespace is None or workload.annotations.get("sidecar.istio.io/proxyImage"):
            continue
        if REVISION not in namespace.labels and namespace.labels.get(INJECTION) != "enabled":
            continue
        given = images.get(injector_config_map(namespace.labels.get(REVISION)))
        if given is None or workload.spec is None:
            continue
        allowed = {given, f"{given}-{types.of(workload)}"}
        for container in (*workload.spec.containers, *workload.spec.init_containers):
            if container.name == SIDECAR and container.image not in allowed:
                others[namespace.name][workload.owner.name] = f"{container.image} instead of {given}"
    for name, pods in others.items():
        listed = ", ".join(sorted(pods)[:5]) + (f" and {len(pods) - 5} more" if len(pods) > 5 else "")
        yield CHECK.found(
            snapshot.namespaces[name],
            "metadata.name",
            f"the proxy of {listed} is {pods[min(pods)]}, the image that the injector gives",
            "Restart the workloads, so that their pods are injected again.",
        )
