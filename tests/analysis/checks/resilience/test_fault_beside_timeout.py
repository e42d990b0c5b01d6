"""M0301: a timeout does not cover the delay of a fault beside it."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import fault_beside_timeout
from tests.analysis.checking import findings_of, lines_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, fault_beside_timeout)


def rule(more: str) -> str:
    """A rule with these fields."""
    return virtual_service(f"- route: [{{destination: {{host: servicex}}}}]\n  {more}")


def test_the_time_that_callers_wait_is_the_sum() -> None:
    text = rule("fault: {delay: {fixedDelay: 5s, percentage: {value: 50}}}\n  timeout: 2s")
    (found,) = found_in(text)
    assert (found.code, found.field) == ("M0301", "spec.http[0].timeout")
    assert lines_of([found], text) == ["timeout: 2s"]
    assert "7s" in found.message


def test_a_timeout_alone_a_delay_alone_and_an_abort_are_not() -> None:
    assert not found_in(rule("timeout: 2s"))
    assert not found_in(rule("fault: {delay: {fixedDelay: 5s}}"))
    assert not found_in(rule("timeout: 0s\n  fault: {delay: {fixedDelay: 5s}}"))
    assert not found_in(rule("timeout: 2s\n  fault: {abort: {httpStatus: 503, percentage: {value: 5}}}"))
