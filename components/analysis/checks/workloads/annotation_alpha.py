"""An annotation that may change with any release."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.annotations import ANNOTATIONS, annotated
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api import Resource
from components.api.kubernetes.pod import PodSpec

CHECK = Check(
    code="M0805",
    title="an annotation in the stage alpha",
    severity=Severity.INFO,
    reads=("Namespace", "Service", "Pod", "Deployment"),
    istio="IST0136",
)

WRITTEN_BY_CNI = frozenset(
    {
        "sidecar.istio.io/interceptionMode",
        "traffic.sidecar.istio.io/includeInboundPorts",
        "traffic.sidecar.istio.io/excludeInboundPorts",
        "traffic.sidecar.istio.io/includeOutboundIPRanges",
    }
)
"""On a pod that istio-init did not set up, Istio's CNI wrote them."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Annotations on objects, templates apart, that the table calls alpha."""
    for each in annotated(snapshot):
        known = ANNOTATIONS.get(each.key)
        if known is None or not known.alpha or each.kind != each.subject.kind:
            continue
        if each.kind == "Pod" and each.key in WRITTEN_BY_CNI and not _set_up_by_init(each.subject.document):
            continue
        yield CHECK.found(
            each.subject,
            each.field,
            f"the annotation {each.key} is in the stage alpha and may change with a release",
            "Keep it if it is needed, and look at the release notes before an upgrade.",
        )


def _set_up_by_init(document: object) -> bool:
    if not isinstance(document, Resource) or not isinstance(document.spec, PodSpec):
        return False
    return any(each.name == "istio-init" for each in document.spec.init_containers)
