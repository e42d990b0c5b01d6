"""An annotation whose value the injector refuses."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.annotations import ANNOTATIONS, annotated, problem_of
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0803",
    title="an annotation with a value that the injector refuses",
    severity=Severity.WARNING,
    reads=("Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"),
    istio="IST0125",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Values of annotations on pods and their templates. Source: the checks of Istio's injector (pkg/kube/inject)."""
    for each in annotated(snapshot):
        if each.kind not in ANNOTATIONS[each.key].kinds if each.key in ANNOTATIONS else True:
            continue
        problem = problem_of(each.key, each.value)
        if problem is not None:
            yield CHECK.found(
                each.subject,
                each.field,
                f"the injector refuses {each.value!r} as {each.key}: {problem}",
                "Give a value that it takes; otherwise the pod is not created.",
            )
