"""M0210: failed copies of a mirror eject endpoints that serve live requests."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import mirror_counts_for_ejection
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule, virtual_service

found_in = partial(findings_of, mirror_counts_for_ejection)


def mirrored(mirror: str, *more: str) -> str:
    """A rule to v1 with a mirror."""
    return virtual_service(
        "\n".join((f"- route: [{{destination: {{host: servicex, subset: v1}}}}]\n  {mirror}", *more))
    )


TESTERS = "- match: [{headers: {x: {}}}]\n  route: [{destination: {host: servicex, subset: v2}}]"
EJECTING = destination_rule("subsets: [{name: v2, labels: {version: v2}, trafficPolicy: {outlierDetection: {}}}]")


def test_a_mirror_into_live_endpoints_that_are_ejected_is_reported() -> None:
    (found,) = found_in(mirrored("mirror: {host: servicex, subset: v2}", TESTERS) + EJECTING)
    assert (found.code, found.field) == ("M0210", "spec.http[0].mirror")
    assert "DestinationRule shop/servicex" in found.message


def test_without_live_requests_or_without_ejection_it_is_not() -> None:
    assert not found_in(mirrored("mirror: {host: servicex, subset: v2}") + EJECTING)
    assert not found_in(mirrored("mirror: {host: servicex, subset: v2}", TESTERS))
