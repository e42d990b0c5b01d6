"""M0307: a fault without percentage is never injected."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import fault_without_percentage
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, fault_without_percentage)


def rule(more: str) -> str:
    """A rule with these fields."""
    return virtual_service(f"- route: [{{destination: {{host: servicex}}}}]\n  {more}")


def test_each_fault_without_a_share_is_reported_as_an_error() -> None:
    found = found_in(rule("fault: {delay: {fixedDelay: 5s}, abort: {httpStatus: 503, percentage: {}}}"))
    assert [(each.code, each.field) for each in found] == [
        ("M0307", "spec.http[0].fault.delay"),
        ("M0307", "spec.http[0].fault.abort"),
    ]
    assert {each.severity for each in found} == {Severity.ERROR}


def test_a_share_of_any_size_is_not() -> None:
    assert not found_in(
        rule("fault: {delay: {fixedDelay: 5s, percent: 5}, abort: {httpStatus: 503, percentage: {value: 0}}}")
    )
