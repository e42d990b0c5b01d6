"""What the checks say of a mesh: its errors end the program, its warnings stand beside the resources they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pulumi

from components.analysis import Finding, Severity, Suppression, analyse_documents
from components.api import Document
from components.manifests.surroundings import gateway_documents
from components.resources.objects import object_name

__all__ = ["Findings", "require_sound"]


class Findings:
    """The warnings about documents, to be said when their resources are there."""

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._by_object: dict[str, list[Finding]] = defaultdict(list)
        for finding in found:
            parts = (finding.kind, finding.namespace, finding.name)
            self._by_object["/".join(part for part in parts if part)].append(finding)

    def say(self, document: Document, resource: pulumi.Resource) -> None:
        """The warnings about a document, in the preview, at its resource."""
        for finding in self._by_object.get(object_name(document), ()):
            field = f"{finding.field}: " if finding.field else ""
            pulumi.log.warn(f"{finding.code} {field}{finding.message}. {finding.remedy}", resource)


def require_sound(
    documents: Sequence[Document],
    *,
    mesh_config: Mapping[str, Any] | None = None,
    istio_values: Mapping[str, Mapping[str, Any]] | None = None,
    suppressions: Iterable[Suppression] = (),
) -> Findings:
    """The warnings about documents that nothing is wrong with.

    Raises `pulumi.RunError`, with all that was found, when there is an error: Istio would refuse a document, or traffic
    could not do what is declared. `mesh_config` is Istio's as it will be; `istio_values` the Helm values laid over ours.
    """
    analysis = analyse_documents(
        documents,
        beside=gateway_documents(istio_values or {}),
        mesh_config=mesh_config,
        suppressions=suppressions,
    )
    said = [finding for finding in analysis.findings if finding.severity is not Severity.INFO]
    if any(finding.severity is Severity.ERROR for finding in said):
        raise pulumi.RunError("the mesh can not be used; nothing was touched.\n" + "\n".join(map(_line, said)))
    return Findings(said)


def _line(finding: Finding) -> str:
    field = f" {finding.field}" if finding.field else ""
    return f"- {finding.severity.value} {finding.code} {finding.subject}{field}: {finding.message}. {finding.remedy}"
