"""M0305: writes are tried again after they may have been done."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import retries_of_writes
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, retries_of_writes)


def writes(method: str, conditions: str) -> str:
    """Retries of a rule for a method."""
    retries = f"retries: {{attempts: 2, retryOn: '{conditions}'}}"
    match = f"match: [{{method: {{exact: {method}}}}}]"
    return virtual_service(f"- {match}\n  {retries}\n  route: [{{destination: {{host: servicex}}}}]")


def test_a_post_that_is_tried_again_on_an_answer_is_reported() -> None:
    (found,) = found_in(writes("POST", "connect-failure,5xx,503"))
    assert (found.code, found.field) == ("M0305", "spec.http[0].retries.retryOn")
    assert "up to 3 times: on 5xx, 503 " in found.message


def test_reads_and_conditions_before_the_service_saw_it_are_not() -> None:
    assert not found_in(writes("GET", "5xx"))
    assert not found_in(writes("PATCH", "connect-failure,refused-stream"))
