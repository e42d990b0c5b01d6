"""M0304: a try that times out is not tried again."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import timed_out_tries_not_retried
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, timed_out_tries_not_retried)


def rule(more: str) -> str:
    """A rule with these fields."""
    return virtual_service(f"- route: [{{destination: {{host: servicex}}}}]\n  {more}")


def test_the_default_and_statuses_are_not_met_by_a_try_without_an_answer() -> None:
    found = found_in(rule("retries: {attempts: 3, perTryTimeout: 2s}"))
    assert [(each.code, each.field) for each in found] == [("M0304", "spec.http[0].retries.perTryTimeout")]
    found = found_in(rule("retries: {attempts: 3, perTryTimeout: 2s, retryOn: 'connect-failure, 504'}"))
    assert [each.field for each in found] == ["spec.http[0].retries.retryOn"]


def test_5xx_gateway_error_and_reset_are() -> None:
    for word in ("5xx", "gateway-error", "connect-failure, reset"):
        assert not found_in(rule(f"retries: {{attempts: 3, perTryTimeout: 2s, retryOn: '{word}'}}"))


def test_without_a_time_limit_for_a_try_in_force_there_is_nothing_to_say() -> None:
    assert not found_in(rule("retries: {attempts: 3}"))
    assert not found_in(rule("timeout: 1s\n  retries: {attempts: 3, perTryTimeout: 2s}"))
