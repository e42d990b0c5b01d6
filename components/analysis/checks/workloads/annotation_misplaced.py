"""An annotation of Istio's that is not read where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.annotations import ANNOTATIONS, annotated
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0802",
    title="an annotation where Istio does not read it",
    severity=Severity.WARNING,
    reads=("Namespace", "Service", "Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"),
    istio="IST0107",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Annotations on another kind than the table allows. Source: istio.io, Reference, Resource Annotations."""
    for each in annotated(snapshot):
        known = ANNOTATIONS.get(each.key)
        if known is None or "Any" in known.kinds or each.kind in known.kinds:
            continue
        on_template = each.kind != "Pod" and "Pod" in known.kinds and each.subject.kind != "Service"
        yield CHECK.found(
            each.subject,
            each.field,
            f"Istio reads {each.key} on {' or '.join(known.kinds)} only, so on a {each.kind} it does nothing",
            "Put it on the template of the pods, in spec.template.metadata.annotations."
            if on_template
            else f"Allowed on: {', '.join(known.kinds)}. Move it, or take it away.",
        )
