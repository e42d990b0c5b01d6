"""We and istiod itself about documents that are nearly right: where one refuses or warns and the other does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from components.api import encode
from components.manifests import documents
from tests import example_connections, example_policies
from tests.api.validation.virtual_service_specs import VALID
from tests.example_guarded_mesh import guarded_mesh
from tests.example_mesh import mesh_with_everything
from tests.example_routing import mesh_with_every_route
from tests.parity.cases import CASES, crd_cases, webhook_cases
from tests.parity.embedding import NO_DOCUMENT, document_of
from tests.parity.istiod_itself import Answer
from tests.parity.judging import Verdict, judge_document

__all__ = ["OURS_ALONE", "Difference", "Figures", "compare", "starting_documents"]

OURS_ALONE = {
    **dict.fromkeys(("V1008", "V1056"), "istiod finds it, and drops it on the way up"),
    **dict.fromkeys(("V1055", "V1078"), "istiod lets the status 600 through, Envoy does not"),
    **dict.fromkeys(
        ("V1004", "V1005", "V1006", "V1007", "V1040", "V1105", "V1110"),
        "istiod looks at no name of a gateway behind the first without slash",
    ),
}
"""Codes of warnings that only we give, and why."""


XDS = re.compile(r"\b(Any|proto|unknown field)\b")
"""By these words one knows what istiod says of the value of an EnvoyFilter's patch."""


class Difference(NamedTuple):
    """A document about which we do not agree."""

    document: Mapping[str, Any]
    answer: Answer
    verdict: Verdict


class Figures(NamedTuple):
    """What came of a comparison. Documents that do not get to istiod are not compared: their shape or the CRD is against."""

    compared: int
    refused: int
    """By istiod."""
    differences: tuple[Difference, ...]


def starting_documents() -> list[dict[str, Any]]:
    """What our own meshes become, and Istio's cases where they are at hand."""
    meshes = [mesh_with_everything, mesh_with_every_route, guarded_mesh]
    meshes += [*example_connections.MESHES.values(), *example_policies.MESHES.values()]
    written = [encode(document) for make in meshes for document in documents(make())]
    routes = [
        {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "spec": spec} for spec in VALID.values()
    ]
    found = [*(each for each in written if ".istio.io/" in each["apiVersion"] and "spec" in each), *routes, *_cases()]
    return [{**each, "metadata": {"name": "case", "namespace": "cases", **each.get("metadata", {})}} for each in found]


def compare(asked: Sequence[Mapping[str, Any]], answers: Sequence[Answer]) -> Figures:
    """We about the documents that istiod was asked about."""
    compared = refused = 0
    differences = []
    for document, answer in zip(asked, answers, strict=True):
        verdict = judge_document(document)
        if answer.misshapen or verdict.shape is not None or verdict.refused_by_crd or _is_known_gap(document, answer):
            continue
        compared += 1
        refused += bool(answer.refusal)
        if bool(answer.refusal) is not verdict.refused or (not verdict.refused and not _same_warning(answer, verdict)):
            differences.append(Difference(document, answer, verdict))
    return Figures(compared, refused, tuple(differences))


def _is_known_gap(document: Mapping[str, Any], answer: Answer) -> bool:
    if document["kind"] == "PeerAuthentication":
        return bool(document["spec"].get("portLevelMtls") == {})  # reasons.EMPTY_MAP
    # What a patch holds is not decoded as Envoy's own messages, of which there are thousands.
    return document["kind"] == "EnvoyFilter" and XDS.search(answer.refusal + answer.warning) is not None


def _same_warning(answer: Answer, verdict: Verdict) -> bool:
    others = [each for each in verdict.webhook if each.code not in OURS_ALONE]
    return bool(verdict.webhook) if answer.warning else not others


def _cases() -> Iterator[dict[str, Any]]:
    if CASES.is_dir():
        yield from (document_of(case) for case in webhook_cases() if case.number not in NO_DOCUMENT)
        yield from (dict(case.document) for case in crd_cases() if isinstance(case.document.get("spec"), Mapping))
