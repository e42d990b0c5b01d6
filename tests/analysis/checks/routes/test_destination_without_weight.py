"""M0211: a destination without weight beside others gets no request."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import destination_without_weight
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, destination_without_weight)


def split(first: object, second: object) -> str:
    """Two versions with these weights; "" is none."""
    rows = "".join(
        f"  - destination: {{host: servicex, subset: v{number}}}\n"
        + (f"    weight: {weight}\n" if weight != "" else "")
        for number, weight in enumerate((first, second), 1)
    )
    return virtual_service(f"- route:\n{rows}")


def test_a_destination_without_weight_gets_nothing() -> None:
    (found,) = found_in(split("", 10))
    assert (found.code, found.field) == ("M0211", "spec.http[0].route[0]")
    assert "subset v1" in found.message


def test_a_weight_of_0_is_meant_and_no_weight_at_all_is_refused_elsewhere() -> None:
    assert not found_in(split(0, 100))
    assert not found_in(split("", ""))
