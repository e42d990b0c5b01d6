"""M0206: a destination stands twice in one rule."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import destination_twice
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, destination_twice)


def twice(one: str, other: str) -> str:
    """Two destinations."""
    return virtual_service(
        f"- route:\n  - {{destination: {one}, weight: 90}}\n  - {{destination: {other}, weight: 10}}"
    )


def test_the_second_of_equal_destinations_is_reported_with_the_sum() -> None:
    (found,) = found_in(twice("{host: servicex}", "{host: servicex.shop.svc.cluster.local}"))
    assert (found.code, found.field) == ("M0206", "spec.http[0].route[1].destination")
    assert "100 in all" in found.message


def test_another_subset_or_port_is_another_destination() -> None:
    assert not found_in(twice("{host: servicex, subset: v1}", "{host: servicex, subset: v2}"))
    assert not found_in(twice("{host: servicex, port: {number: 80}}", "{host: servicex, port: {number: 81}}"))
