"""We refuse what istiod refuses; each case on which we do not agree has a written reason."""

from __future__ import annotations

import pytest

from tests.parity.cases import CASES, CrdCase, WebhookCase, crd_cases, webhook_cases
from tests.parity.embedding import NO_DOCUMENT
from tests.parity.judging import Verdict, agrees, judge, judge_document, warnings_agree
from tests.parity.reasons import REASONS, WARNING_REASONS

THRESHOLD = 0.98

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own cases are not at {CASES}")


@pytest.fixture(scope="module")
def judged() -> list[tuple[WebhookCase, Verdict]]:
    return [(case, judge(case)) for case in webhook_cases() if case.number not in NO_DOCUMENT]


def test_we_agree_with_the_webhook(judged: list[tuple[WebhookCase, Verdict]]) -> None:
    """On nearly all of its cases; there are enough of them to say so."""
    agreed = sum(agrees(case, verdict) for case, verdict in judged)
    assert len(judged) > 300
    assert agreed / len(judged) >= THRESHOLD


def test_every_disagreement_has_a_reason_and_no_reason_is_stale(judged: list[tuple[WebhookCase, Verdict]]) -> None:
    """Those on what is refused."""
    disagreed = {(case.kind, case.number) for case, verdict in judged if not agrees(case, verdict)}
    assert disagreed == set(REASONS)


def test_every_other_warning_has_a_reason_and_no_reason_is_stale(judged: list[tuple[WebhookCase, Verdict]]) -> None:
    """Those on what is warned of."""
    disagreed = {(case.kind, case.number) for case, verdict in judged if warnings_agree(case, verdict) is False}
    assert disagreed == set(WARNING_REASONS)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in (crd_cases() if CASES.is_dir() else ())])
def test_we_agree_with_the_api_server(case: CrdCase) -> None:
    """What the CRDs refuse is refused, and what they take is taken."""
    verdict = judge_document(case.document)
    assert agrees(case, verdict), f"the API server says {case.error!r}, we say {verdict.words}"
