"""M0825: a condition of the status is negative."""

from __future__ import annotations

import pytest

from components.analysis.checks.workloads import condition_negative
from tests.analysis.checking import findings_of

OBJECTS = {
    "Service": ("v1", "spec: {}", "conditions: [%s]"),
    "AuthorizationPolicy": ("security.istio.io/v1", "spec: {}", "conditions: [%s]"),
    "HTTPRoute": ("gateway.networking.k8s.io/v1", "spec: {}", "parents: [{parentRef: {name: g}, conditions: [%s]}]"),
}


def text_of(kind: str, condition: str) -> str:
    version, spec, status = OBJECTS[kind]
    return f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x}}\n{spec}\nstatus: {{{status % condition}}}\n"


@pytest.mark.parametrize(
    ("kind", "about"),
    [("Service", "istio.io/WaypointBound"), ("AuthorizationPolicy", "ZtunnelAccepted"), ("HTTPRoute", "ResolvedRefs")],
    ids=["service", "policy", "route"],
)
def test_a_condition_that_is_not_met_is_reported_and_one_that_is_met_is_not(kind: str, about: str) -> None:
    condition = '{type: %s, status: "%s", reason: R, message: m}'
    (found,) = findings_of(condition_negative, text_of(kind, condition % (about, "False")))
    assert (found.code, found.istio) == ("M0825", "IST0171")
    assert not findings_of(condition_negative, text_of(kind, condition % (about, "True")))


def test_a_policy_that_a_waypoint_took_in_part_is_reported() -> None:
    condition = '{type: WaypointAccepted, status: "True", reason: PartiallyInvalid}'
    (found,) = findings_of(condition_negative, text_of("AuthorizationPolicy", condition))
    assert found.code == "M0825"


def test_conditions_of_other_types_and_a_status_of_another_form_are_let_be() -> None:
    assert not findings_of(condition_negative, text_of("Service", '{type: Ready, status: "False"}'))
    assert not findings_of(condition_negative, text_of("Service", "7"))
