"""M0203: weights do not total 100."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import weights_off_a_hundred
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, weights_off_a_hundred)


def split(first: object, second: object) -> str:
    """Two versions with these weights; "" is none."""
    rows = "".join(
        f"  - destination: {{host: servicex, subset: v{number}}}\n"
        + (f"    weight: {weight}\n" if weight != "" else "")
        for number, weight in enumerate((first, second), 1)
    )
    return virtual_service(f"- route:\n{rows}")


def test_the_shares_are_given_as_they_are() -> None:
    (found,) = found_in(split(90, 20))
    assert (found.code, found.field) == ("M0203", "spec.http[0].route")
    assert "90 + 20 total 110" in found.message
    assert "81.8 %, 18.2 %" in found.message


def test_weights_of_a_hundred_and_no_weights_are_fine() -> None:
    assert not found_in(split(90, 10))
    assert not found_in(split("", ""))
