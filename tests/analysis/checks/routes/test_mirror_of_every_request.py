"""M0208: a mirror without percentage gets every request."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import mirror_of_every_request
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, mirror_of_every_request)


def mirrored(mirror: str, *more: str) -> str:
    """A rule to v1 with a mirror."""
    return virtual_service(
        "\n".join((f"- route: [{{destination: {{host: servicex, subset: v1}}}}]\n  {mirror}", *more))
    )


def test_a_mirror_without_percentage_is_reported() -> None:
    assert [each.field for each in found_in(mirrored("mirror: {host: servicex, subset: v2}"))] == [
        "spec.http[0].mirror"
    ]
    found = found_in(mirrored("mirrors: [{destination: {host: servicex, subset: v2}}]"))
    assert [(each.code, each.field) for each in found] == [("M0208", "spec.http[0].mirrors[0]")]


def test_one_with_a_share_is_not() -> None:
    assert not found_in(mirrored("mirror: {host: a}\n  mirrorPercentage: {value: 100}"))
    assert not found_in(mirrored("mirror: {host: a}\n  mirrorPercent: 5"))
    assert not found_in(mirrored("mirrors: [{destination: {host: a}, percentage: {value: 5}}]"))
