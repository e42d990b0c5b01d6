"""M0920: rules of a VirtualService need a waypoint in ambient mode."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import rules_without_waypoint
from tests.analysis.checking import findings_of
from tests.analysis.documents import service, virtual_service

found_in = partial(findings_of, rules_without_waypoint)

NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
AMBIENT = NAMESPACE % "istio.io/dataplane-mode: ambient"
WITH_WAYPOINT = NAMESPACE % "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint"

RULES = virtual_service("- route: [{destination: {host: servicex}}]")


def test_rules_for_an_ambient_service_without_a_waypoint_are_reported() -> None:
    (found,) = found_in(AMBIENT + RULES + service())
    assert (found.code, found.field) == ("M0920", "spec.hosts[0]")


def test_a_waypoint_of_the_namespace_or_the_service_follows_them() -> None:
    assert not found_in(WITH_WAYPOINT + RULES + service())
    own = service().replace("namespace: shop}", "namespace: shop, labels: {istio.io/use-waypoint: own}}")
    assert not found_in(AMBIENT + RULES + own)
    none = own.replace("use-waypoint: own", "use-waypoint: none")
    assert found_in(WITH_WAYPOINT + RULES + none)


def test_rules_of_gateways_and_namespaces_of_which_nothing_is_known_are_not() -> None:
    assert not found_in(RULES + service())
    assert not found_in(NAMESPACE % "istio-injection: enabled" + RULES + service())
    bound = virtual_service("- route: [{destination: {host: servicex}}]", extra="gateways: [public]")
    assert not found_in(AMBIENT + bound + service())
