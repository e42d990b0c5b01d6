"""M0205: headers of a destination without a share are not in force."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import weight_zero_with_settings
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, weight_zero_with_settings)


def canary(weight: int, headers: str = "\n    headers: {request: {set: {x: a}}}") -> str:
    """A second destination of that weight."""
    first = f"  - destination: {{host: servicex, subset: v1}}\n    weight: {100 - weight}\n"
    second = f"  - destination: {{host: servicex, subset: v2}}\n    weight: {weight}{headers}"
    return virtual_service(f"- route:\n{first}{second}")


def test_headers_of_a_destination_of_weight_0_are_reported() -> None:
    found = found_in(canary(0))
    assert [(each.code, each.field) for each in found] == [("M0205", "spec.http[0].route[1].headers")]


def test_they_are_in_force_with_a_weight_and_nothing_is_lost_without_them() -> None:
    assert not found_in(canary(1))
    assert not found_in(canary(0, ""))
