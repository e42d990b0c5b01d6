"""M0202: a condition is never reached: rules before it take all that it accepts."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import rule_never_reached
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import virtual_service

found_in = partial(findings_of, rule_never_reached)


def rules(*conditions: str, extra: str = "") -> str:
    """A VirtualService with a rule for each text of conditions; "" is none."""
    http = "\n".join(f"- match: [{each}]\n  route: [{{destination: {{host: servicex}}}}]" for each in conditions)
    return virtual_service(http, extra=extra)


def test_a_longer_path_under_a_prefix_is_never_reached() -> None:
    found = found_in(rules("{uri: {prefix: /api}}", "{uri: {exact: /api/v2}}"))
    assert [(each.code, each.field, each.severity) for each in found] == [("M0202", "spec.http[1]", Severity.WARNING)]
    assert "spec.http[0].match[0]" in found[0].message


def test_so_is_one_that_asks_for_more_than_a_rule_before_it() -> None:
    for wide, narrow in (
        ("{headers: {x: {exact: a}}}", "{headers: {x: {exact: a}, y: {exact: b}}}"),
        ("{headers: {x: {}}}", "{headers: {X: {prefix: a}}, uri: {exact: /a}}"),
        ("{method: {exact: GET}}", "{method: {exact: GET}, port: 80}"),
        ("{uri: {prefix: /A}, ignoreUriCase: true}", "{uri: {exact: /ab}}"),
        ("{uri: {regex: '/a/[0-9]+'}}", "{uri: {exact: /a/12}}"),
        ("{queryParams: {q: {exact: a}}}", "{queryParams: {q: {exact: a}, r: {exact: b}}}"),
    ):
        assert [each.field for each in found_in(rules(wide, narrow))] == ["spec.http[1]"], (wide, narrow)
        assert not found_in(rules(narrow, wide)), (wide, narrow)


def test_another_gateway_client_or_port_is_another_request() -> None:
    for wide, narrow in (
        ("{uri: {prefix: /a}, gateways: [mesh]}", "{uri: {exact: /a}, gateways: [public]}"),
        ("{uri: {prefix: /a}, gateways: [mesh]}", "{uri: {exact: /a}}"),
        ("{uri: {prefix: /a}, sourceLabels: {app: a}}", "{uri: {exact: /a}, sourceLabels: {app: b}}"),
        ("{uri: {prefix: /a}, sourceNamespace: a}", "{uri: {exact: /a}}"),
        ("{uri: {prefix: /a}, port: 80}", "{uri: {exact: /a}, port: 81}"),
    ):
        assert not found_in(rules(wide, narrow, extra="gateways: [mesh, public]")), (wide, narrow)


def test_a_condition_among_reached_ones_is_only_noted() -> None:
    found = found_in(rules("{uri: {prefix: /a}}", "{uri: {exact: /a/b}}, {uri: {exact: /c}}"))
    assert [(each.field, each.severity) for each in found] == [("spec.http[1].match[0]", Severity.INFO)]


def test_rules_that_together_take_all_are_all_named() -> None:
    (found,) = found_in(
        rules("{uri: {prefix: /a}}", "{uri: {prefix: /b}}", "{uri: {exact: /a/1}}, {uri: {exact: /b/1}}")
    )
    assert found.field == "spec.http[2]"
    assert "spec.http[0].match[0], spec.http[1].match[0]" in found.message


def test_equal_conditions_and_prefixes_are_left_to_the_webhook() -> None:
    assert not found_in(rules("{uri: {prefix: /a}}", "{uri: {prefix: /a}}"))
    assert not found_in(rules("{uri: {prefix: /a}}", "{uri: {prefix: /a/b}}"))


def test_a_regex_under_another_is_not_guessed_at() -> None:
    assert not found_in(rules("{uri: {regex: '/a/.+'}}", "{uri: {regex: '/a/[0-9]+'}}"))
