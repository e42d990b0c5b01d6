"""An annotation that Istio is about to give up."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.annotations import ANNOTATIONS, annotated
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import INJECT
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0804",
    title="an annotation that is deprecated",
    severity=Severity.INFO,
    reads=("Namespace", "Service", "Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"),
    istio="IST0135",
)

INSTEAD = {INJECT: f"Use the label {INJECT}."}


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Annotations that the table calls deprecated, wherever they stand. Source: istio.io, Resource Annotations."""
    for each in annotated(snapshot):
        known = ANNOTATIONS.get(each.key)
        if known is None or not known.deprecated or (each.key == INJECT and INJECT in each.labels):
            continue
        yield CHECK.found(
            each.subject,
            each.field,
            f"the annotation {each.key} is deprecated",
            INSTEAD.get(each.key, "See istio.io, Reference, Resource Annotations, for what takes its place."),
        )
