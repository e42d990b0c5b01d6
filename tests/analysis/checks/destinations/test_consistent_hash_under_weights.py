"""M0401: weights send a user to either side, whatever the consistent hash."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import consistent_hash_under_weights
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule, virtual_service

found_in = partial(findings_of, consistent_hash_under_weights)

HASHING = destination_rule(
    "trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}\n"
    "subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]"
)


def split(first: int, second: int) -> str:
    """Two versions by weight."""
    shares = ", ".join(
        f"{{destination: {{host: servicex, subset: v{number}}}, weight: {weight}}}"
        for number, weight in enumerate((first, second), 1)
    )
    return virtual_service(f"- route: [{shares}]")


def test_the_hash_of_a_weighted_destination_is_told_with_the_shares() -> None:
    (found,) = found_in(split(90, 30) + HASHING)
    assert (found.code, found.field) == ("M0401", "spec.http[0].route")
    assert "header x-user" in found.message
    assert "75 % to subset v1" in found.message


def test_the_hash_of_one_subset_is_enough() -> None:
    rule = """
    subsets:
    - {name: v1, labels: {version: v1}}
    - name: v2
      labels: {version: v2}
      trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true}}}
    """
    (found,) = found_in(split(90, 10) + destination_rule(rule))
    assert "source address" in found.message


def test_one_destination_with_a_share_keeps_users_together() -> None:
    assert not found_in(split(100, 0) + HASHING)
    assert not found_in(split(90, 10))


def test_a_subset_that_balances_otherwise_hashes_nothing() -> None:
    rule = """
    trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true}}}
    subsets:
    - {name: v1, labels: {version: v1}, trafficPolicy: {loadBalancer: {simple: RANDOM}}}
    - {name: v2, labels: {version: v2}, trafficPolicy: {loadBalancer: {simple: RANDOM}}}
    """
    assert not found_in(split(90, 10) + destination_rule(rule))
