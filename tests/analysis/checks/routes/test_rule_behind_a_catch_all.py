"""M0201: rules behind one that takes every request are not in force."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import rule_behind_a_catch_all
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, rule_behind_a_catch_all)


def rules(*conditions: str) -> str:
    """A VirtualService with a rule for each condition; "" is none."""
    return virtual_service(
        "\n".join(f"- match: [{each}]\n  route: [{{destination: {{host: servicex}}}}]" for each in conditions)
    )


def test_rules_behind_the_root_prefix_are_reported_one_by_one() -> None:
    found = found_in(rules("{uri: {prefix: /}}", "{uri: {exact: /a}}", "{uri: {regex: /b.}}"))
    assert [(each.code, each.field) for each in found] == [("M0201", "spec.http[1]"), ("M0201", "spec.http[2]")]
    assert "spec.http[0].match[0]" in found[0].message


def test_the_regex_for_anything_is_a_catch_all_too() -> None:
    assert [each.field for each in found_in(rules("{uri: {regex: '.*'}}", "{method: {exact: GET}}"))] == [
        "spec.http[1]"
    ]


def test_a_catch_all_with_another_condition_or_for_some_clients_lets_the_rest_through() -> None:
    for narrow in (
        "{uri: {prefix: /}, method: {exact: GET}}",
        "{uri: {prefix: /}, port: 80}",
        "{uri: {prefix: /}, sourceLabels: {app: a}}",
        "{uri: {prefix: /}, withoutHeaders: {x: {exact: a}}}",
        "{uri: {prefix: /a}}",
    ):
        assert not found_in(rules(narrow, "{uri: {exact: /a}}"))


def test_what_the_webhook_tells_itself_is_not_told_twice() -> None:
    assert not found_in(rules("{uri: {prefix: /}}", "{uri: {prefix: /a}}"))
    assert not found_in(rules("{uri: {prefix: /}}", "{uri: {prefix: /}}"))


def test_a_rule_that_delegates_takes_nothing_away() -> None:
    delegating = "- match: [{uri: {prefix: /}}]\n  delegate: {name: other}\n"
    assert not found_in(
        virtual_service(delegating + "- match: [{uri: {exact: /a}}]\n  route: [{destination: {host: a}}]")
    )
