"""M0408: warmup has no effect with this algorithm."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import warmup_on_another_algorithm
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, warmup_on_another_algorithm)


def balancing(fields: str) -> str:
    """A rule with this loadBalancer."""
    return destination_rule(f"trafficPolicy: {{loadBalancer: {{{fields}}}}}")


def test_algorithms_without_warmup_are_reported() -> None:
    for fields, name in (
        ("simple: RANDOM, warmup: {duration: 5s}", "warmup"),
        ("simple: PASSTHROUGH, warmupDurationSecs: 5s", "warmupDurationSecs"),
        ("consistentHash: {useSourceIp: true}, warmup: {duration: 5s}", "warmup"),
    ):
        found = found_in(balancing(fields))
        assert [(each.code, each.field) for each in found] == [("M0408", f"spec.trafficPolicy.loadBalancer.{name}")]


def test_those_with_it_and_the_default_are_not() -> None:
    for fields in ("simple: ROUND_ROBIN, ", "simple: LEAST_REQUEST, ", ""):
        assert not found_in(balancing(f"{fields}warmup: {{duration: 5s}}"))
    assert not found_in(balancing("simple: RANDOM"))
