"""An application that runs as the proxy's user."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import is_control_plane
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload

CHECK = Check(
    code="M0806",
    title="an application runs as the proxy's user",
    severity=Severity.WARNING,
    reads=("Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"),
    istio="IST0144",
)

PROXY_USER = 1337
OF_ISTIO = frozenset({"istio-proxy", "istio-operator"})


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Pods, or containers other than the proxy, with runAsUser 1337. Source: istio.io, Application Requirements."""
    for workload in snapshot.workloads.all:
        if is_control_plane(workload.owner):
            continue
        field = next(_as_proxy(workload), None)
        if field is not None:
            where = f"{workload.field}.spec.{field}" if workload.field else f"spec.{field}"
            yield CHECK.found(
                workload.owner,
                where,
                f"runAsUser is {PROXY_USER}, the user of the proxy, whose traffic is not captured: what this container"
                " sends passes the mesh by",
                f"Run it as any other user than {PROXY_USER}.",
            )


def _as_proxy(workload: Workload) -> Iterator[str]:
    spec = workload.spec
    if spec is None:
        return
    if spec.security_context is not None and spec.security_context.run_as_user == PROXY_USER:
        yield "securityContext.runAsUser"
    for index, each in enumerate(spec.containers):
        context = each.security_context
        if each.name not in OF_ISTIO and context is not None and context.run_as_user == PROXY_USER:
            yield f"containers[{index}].securityContext.runAsUser"
