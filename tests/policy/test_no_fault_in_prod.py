"""no-fault-in-prod: what a production stack may not inject."""

from __future__ import annotations

import pytest

from tests.policy.stacks import UNKNOWN, judged, unknowns, violations

NAME = "no-fault-in-prod"


def rules(*written: str) -> str:
    """A VirtualService with these rules."""
    return (
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: servicex, namespace: shop}\n"
        f"spec: {{hosts: [servicex], http: [{', '.join(written)}]}}\n"
    )


PLAIN = "{route: [{destination: {host: servicex}}]}"
ABORT = "{name: rehearsal, fault: {abort: {httpStatus: 500, percentage: {value: 25}}}}"
DELAY = "{fault: {delay: {fixedDelay: 500ms}}}"


@pytest.mark.parametrize("fault", [ABORT, DELAY], ids=["an abort", "a delay"])
def test_a_rule_that_injects_a_fault_is_refused_in_production(fault: str) -> None:
    """At its place among the rules."""
    assert violations(NAME, rules(PLAIN, fault)) == ["VirtualService/shop/servicex spec.http[1].fault"]


def test_the_message_says_what_the_rule_does_and_what_to_do() -> None:
    """Names, the value, what is allowed."""
    (said,) = judged(NAME, rules(ABORT))
    assert str(said) == (
        "VirtualService shop/servicex, spec.http[0].fault: rule rehearsal injects an abort with 500, and stack 'prod' is a "
        "production stack (`stacks` is prod). A production stack injects no faults: leave the fault out there, as "
        "`rehearseFailures: false` does, or rehearse in a stack that the policy's `stacks` does not name."
    )
    assert said.of.urn == "urn:0"


def test_a_rule_without_a_fault_passes() -> None:
    assert violations(NAME, rules(PLAIN)) == []


def test_what_production_is_can_be_told() -> None:
    """Patterns of names; by default it is the stack prod alone."""
    assert violations(NAME, rules(ABORT), of="dev") == []
    assert violations(NAME, rules(ABORT), of="prod-eu") == []
    assert violations(NAME, rules(ABORT), of="prod-eu", stacks=["prod*"]) != []
    assert violations(NAME, rules(ABORT), of="prod", stacks=["live"]) == []


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (f"{{fault: {UNKNOWN}}}", "spec.http[0].fault"),
        (UNKNOWN, "spec.http[0]"),
        (f"{{fault: {{abort: {UNKNOWN}}}, route: []}}", None),
    ],
    ids=["the fault", "the rule", "a part of the fault"],
)
def test_a_fault_that_is_not_known_yet_can_not_be_told(rule: str, field: str | None) -> None:
    """A fault with an unknown part is one all the same, and refused."""
    if field is None:
        assert [each.field for each in judged(NAME, rules(rule))] == ["spec.http[0].fault", "spec.http[0].fault.abort"]
    else:
        assert unknowns(NAME, rules(rule)) == [f"VirtualService/shop/servicex {field}"]


def test_an_unknown_elsewhere_is_nothing_to_this_policy() -> None:
    assert unknowns(NAME, rules(f"{{timeout: {UNKNOWN}, route: [{{destination: {{host: {UNKNOWN}}}}}]}}")) == []


def test_a_document_that_is_not_of_its_kinds_shape_can_not_be_told() -> None:
    """The server refuses it too."""
    assert unknowns(NAME, rules("{fault: [1]}")) == ["VirtualService/shop/servicex spec"]
