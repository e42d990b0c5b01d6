"""What we say of a case, and whether istiod says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from components.api import DecodeError, decode
from components.api.validation import Severity, Violation, validate
from tests.parity.cases import CrdCase, WebhookCase
from tests.parity.embedding import document_of

__all__ = ["Verdict", "agrees", "judge", "judge_document", "warnings_agree"]


class Verdict(NamedTuple):
    """What we say of a document."""

    shape: str | None
    """What decoding says; None: the document is of its kind's shape."""
    webhook: tuple[Violation, ...]
    crd: tuple[Violation, ...]

    @property
    def refused(self) -> bool:
        """By the webhook, or before, because the shape is not the kind's."""
        return self.shape is not None or any(each.severity is Severity.ERROR for each in self.webhook)

    @property
    def refused_by_crd(self) -> bool:
        """By limits of the CRD that the webhook does not have; what both refuse is told of once, by the webhook."""
        return any(each.severity is Severity.ERROR for each in self.crd)

    @property
    def warned(self) -> bool:
        """The webhook warns."""
        return any(each.severity is not Severity.ERROR for each in self.webhook)

    @property
    def words(self) -> str:
        """All of it in a line."""
        said = [f"{each.code} {each.severity.value} {each.path}: {each.message}" for each in (*self.webhook, *self.crd)]
        return "; ".join([self.shape] if self.shape else said) or "nothing"


def judge(case: WebhookCase) -> Verdict:
    """The case as a document."""
    return judge_document(document_of(case))


def judge_document(document: Mapping[str, Any]) -> Verdict:
    """Any document of Istio's kinds."""
    try:
        decoded = decode(document)
    except DecodeError as error:
        return Verdict(str(error), (), ())
    violations = validate(decoded, document)
    crd = tuple(each for each in violations if each.code.startswith("V00"))
    return Verdict(None, tuple(each for each in violations if each not in crd), crd)


def agrees(case: WebhookCase | CrdCase, verdict: Verdict) -> bool:
    """Both refuse it, or neither does. The webhook's cases are not meant for the CRD, whose limits are left out there."""
    if isinstance(case, WebhookCase):
        return case.valid is not verdict.refused
    return (case.error is None) is not (verdict.refused or verdict.refused_by_crd)


def warnings_agree(case: WebhookCase, verdict: Verdict) -> bool | None:
    """Both warn, or neither does; None: the case does not say, or it is refused, whereupon istiod says little else."""
    return None if case.warned is None or not case.valid or verdict.refused else case.warned is verdict.warned
