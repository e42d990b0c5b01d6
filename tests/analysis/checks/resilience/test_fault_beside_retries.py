"""M0302: retries beside an abort do not try again what it aborts."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import fault_beside_retries
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, fault_beside_retries)


def rule(more: str) -> str:
    """A rule with these fields."""
    return virtual_service(f"- route: [{{destination: {{host: servicex}}}}]\n  {more}")


def test_retries_beside_an_abort_are_reported_with_what_they_leave_out() -> None:
    (found,) = found_in(rule("fault: {abort: {httpStatus: 503, percentage: {value: 20}}}\n  retries: {attempts: 3}"))
    assert (found.code, found.field) == ("M0302", "spec.http[0].retries")
    assert "3 retries" in found.message
    assert "20 %" in found.message
    assert "503" in found.message


def test_retries_that_are_off_and_a_delay_are_not() -> None:
    assert not found_in(rule("fault: {abort: {httpStatus: 503}}\n  retries: {attempts: 0}"))
    assert not found_in(rule("fault: {delay: {fixedDelay: 5s}}\n  retries: {attempts: 3}"))
