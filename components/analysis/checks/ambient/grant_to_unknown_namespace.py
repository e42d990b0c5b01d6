"""A ReferenceGrant is for routes of a namespace that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.gateway_api.reference_grant import ReferenceGrantSpec

CHECK = Check(
    code="M0935",
    title="a ReferenceGrant is for a namespace that is not there",
    severity=Severity.WARNING,
    reads=("ReferenceGrant",),
    kiali="KIA1601",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Namespaces in `from` that no document declares or is in (KIA1601)."""
    for grant in snapshot.of("ReferenceGrant", ReferenceGrantSpec):
        for index, each in enumerate(grant.spec.from_):
            if not each.namespace or snapshot.has_namespace(each.namespace):
                continue
            sure = snapshot.knows_namespaces(near=grant)
            doubt = "" if sure else "; but it may be declared elsewhere, so this could not be told for sure"
            yield CHECK.found(
                grant,
                f"spec.from[{index}].namespace",
                f"namespace {each.namespace} is not there, so nothing is granted to a {each.kind} by this{doubt}",
                "Name the namespace that the routes are in.",
                severity=None if sure else Severity.INFO,
            )
