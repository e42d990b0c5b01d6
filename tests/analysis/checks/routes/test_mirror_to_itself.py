"""M0209: a mirror copies requests to where they go anyway."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import mirror_to_itself
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, mirror_to_itself)


def mirrored(mirror: str, *more: str) -> str:
    """A rule to v1 with a mirror."""
    return virtual_service(
        "\n".join((f"- route: [{{destination: {{host: servicex, subset: v1}}}}]\n  {mirror}", *more))
    )


def test_a_mirror_to_the_destination_is_reported_with_its_share() -> None:
    (found,) = found_in(mirrored("mirrors: [{destination: {host: servicex, subset: v1}, percentage: {value: 2.5}}]"))
    assert (found.code, found.field) == ("M0209", "spec.http[0].mirrors[0]")
    assert "2.5 %" in found.message


def test_another_subset_and_a_share_of_0_are_not() -> None:
    assert not found_in(mirrored("mirror: {host: servicex, subset: v2}"))
    assert not found_in(mirrored("mirror: {host: servicex, subset: v1}\n  mirrorPercentage: {value: 0}"))
