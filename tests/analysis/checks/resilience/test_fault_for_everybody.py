"""M0308: a fault holds for every request of a host."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import fault_for_everybody
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, fault_for_everybody)


def fault(share: float, match: str = "") -> str:
    """A rule with an abort."""
    abort = f"fault: {{abort: {{httpStatus: 503, percentage: {{value: {share}}}}}}}"
    return virtual_service(f"- {abort}\n  {match}\n  route: [{{destination: {{host: servicex}}}}]")


def test_a_fault_of_all_requests_without_match_is_noted() -> None:
    (found,) = found_in(fault(100))
    assert (found.code, found.field, found.severity) == ("M0308", "spec.http[0].fault.abort", Severity.INFO)
    assert "every request to servicex" in found.message


def test_a_part_of_them_or_a_match_is_not() -> None:
    assert not found_in(fault(99.9))
    assert not found_in(fault(100, "match: [{headers: {x: {}}}]"))
