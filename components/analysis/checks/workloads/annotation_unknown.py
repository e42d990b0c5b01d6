"""An annotation of Istio's domain that Istio does not know."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from components.analysis.annotations import ANNOTATIONS, annotated
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0801",
    title="an annotation that Istio does not know",
    severity=Severity.WARNING,
    reads=("Namespace", "Service", "Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"),
    istio="IST0108",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Annotations that are not in Istio's table. Source: istio.io, Reference, Resource Annotations."""
    for each in annotated(snapshot):
        if each.key not in ANNOTATIONS:
            near = get_close_matches(each.key, ANNOTATIONS, n=1, cutoff=0.8)
            meant = f"Was {near[0]} meant? " if near else ""
            yield CHECK.found(
                each.subject,
                each.field,
                f"Istio has no annotation {each.key}, so it does nothing",
                f"{meant}Use one of istio.io, Reference, Resource Annotations, or take it away.",
            )
