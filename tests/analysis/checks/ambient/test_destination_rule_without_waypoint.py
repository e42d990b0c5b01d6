"""M0921: a DestinationRule needs a waypoint in ambient mode."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import destination_rule_without_waypoint
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule, service, virtual_service

found_in = partial(findings_of, destination_rule_without_waypoint)

NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
AMBIENT = NAMESPACE % "istio.io/dataplane-mode: ambient"
WITH_WAYPOINT = NAMESPACE % "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint"

RULE = destination_rule("trafficPolicy: {outlierDetection: {}}")


def test_a_rule_for_an_ambient_service_without_a_waypoint_is_reported() -> None:
    (found,) = found_in(AMBIENT + RULE + service())
    assert (found.code, found.field, found.severity) == ("M0921", "spec.trafficPolicy", Severity.WARNING)


def test_where_a_gateway_follows_it_that_is_a_note() -> None:
    bound = virtual_service("- route: [{destination: {host: servicex}}]", extra="gateways: [public]")
    assert [each.severity for each in found_in(AMBIENT + RULE + service() + bound)] == [Severity.INFO]


def test_with_a_waypoint_or_without_ambient_mode_it_is_not() -> None:
    assert not found_in(WITH_WAYPOINT + RULE + service())
    assert not found_in(RULE + service())
    assert not found_in(AMBIENT + destination_rule("exportTo: ['.']") + service())
