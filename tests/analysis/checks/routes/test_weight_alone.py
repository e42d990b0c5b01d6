"""M0204: the weight of a single destination has no effect."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import weight_alone
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, weight_alone)


def alone(weight: str) -> str:
    """One destination."""
    return virtual_service(f"- route: [{{destination: {{host: servicex}}{weight}}}]")


def test_a_weight_of_the_only_destination_is_reported() -> None:
    for weight in (0, 10):
        (found,) = found_in(alone(f", weight: {weight}"))
        assert (found.code, found.field) == ("M0204", "spec.http[0].route[0].weight")
        assert f"weight {weight} " in found.message


def test_a_hundred_and_none_are_not() -> None:
    assert not found_in(alone(", weight: 100"))
    assert not found_in(alone(""))
