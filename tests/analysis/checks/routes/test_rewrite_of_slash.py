"""M0242: a rewrite and its prefix do not agree on the slash."""

from __future__ import annotations

from components.analysis.checks.routes import rewrite_of_slash
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def routes(*rules: tuple[str, str | None]) -> str:
    listed = [
        {"match": [{"uri": {"prefix": prefix}}]} | ({"rewrite": {"uri": target}} if target else {})
        for prefix, target in rules
    ]
    return written("VirtualService", "a", spec={"hosts": ["a.test"], "http": listed})


def test_a_prefix_without_slash_rewritten_to_one_makes_two() -> None:
    (found,) = findings_of(rewrite_of_slash, routes(("/x", "/")))
    assert (found.severity, found.field) == (Severity.WARNING, "spec.http[0].match[0].uri.prefix")


def test_the_prefix_with_a_slash_beside_it_takes_the_longer_paths() -> None:
    assert not findings_of(rewrite_of_slash, routes(("/x/", "/"), ("/x", "/")))


def test_a_prefix_with_a_slash_leaves_out_the_bare_path() -> None:
    assert [each.severity for each in findings_of(rewrite_of_slash, routes(("/x/", "/")))] == [Severity.INFO]
    assert not findings_of(rewrite_of_slash, routes(("/x/", "/"), ("/", None)))


def test_slashes_that_agree_are_right() -> None:
    assert not findings_of(rewrite_of_slash, routes(("/x", "/y"), ("/", "/z/")))
