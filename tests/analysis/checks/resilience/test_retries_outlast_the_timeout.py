"""M0303: retries do not fit the timeout."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import retries_outlast_the_timeout
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, retries_outlast_the_timeout)


def tries(timeout: str, attempts: int, single: str) -> str:
    """A rule with retries."""
    limit = f"timeout: {timeout}\n  " if timeout else ""
    retries = f"retries: {{attempts: {attempts}, perTryTimeout: {single}}}"
    return virtual_service(f"- route: [{{destination: {{host: servicex}}}}]\n  {limit}{retries}")


def test_tries_that_do_not_fit_are_counted() -> None:
    (found,) = found_in(tries("5s", 3, "2s"))
    assert (found.code, found.field) == ("M0303", "spec.http[0].retries.attempts")
    assert "4 tries of 2s take 8s" in found.message
    assert "2 tries end within it" in found.message


def test_a_try_as_long_as_the_timeout_is_not_in_force() -> None:
    for single in ("2s", "3s"):
        assert [each.field for each in found_in(tries("2s", 3, single))] == ["spec.http[0].retries.perTryTimeout"]


def test_more_tries_than_time_itself_are_counted_too() -> None:
    (found,) = found_in(tries("9000000000s", 2147483647, "2000000000s"))
    assert "2147483648 tries" in found.message


def test_tries_that_fit_just_and_rules_without_a_limit_are_not() -> None:
    assert not found_in(tries("8s", 3, "2s"))
    assert not found_in(tries("", 3, "2s"))
    assert not found_in(tries("0s", 3, "2s"))
