"""A kind is installed that Istio has removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0711",
    title="a CustomResourceDefinition is of a kind that Istio has removed",
    severity=Severity.WARNING,
    reads=("CustomResourceDefinition",),
    istio="IST0002",
)

GROUP = "rbac.istio.io"
KINDS = frozenset({"ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding"})


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """CustomResourceDefinitions of rbac.istio.io, which AuthorizationPolicy replaced in Istio 1.6."""
    for each in snapshot.of("CustomResourceDefinition"):
        spec = each.plain.get("spec")
        names = spec.get("names") if isinstance(spec, Mapping) else None
        kind = names.get("kind") if isinstance(names, Mapping) else None
        if isinstance(spec, Mapping) and spec.get("group") == GROUP and isinstance(kind, str) and kind in KINDS:
            yield CHECK.found(
                each,
                "spec.names.kind",
                f"the kind {kind} of {GROUP} is not known to Istio any more",
                "Remove the definition; AuthorizationPolicy of security.istio.io does what it did.",
            )
