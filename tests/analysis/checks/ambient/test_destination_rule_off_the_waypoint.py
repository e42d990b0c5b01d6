"""M0924: a waypoint takes no DestinationRule of this namespace."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import destination_rule_off_the_waypoint
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule, service

found_in = partial(findings_of, destination_rule_off_the_waypoint)

NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
AMBIENT = NAMESPACE % "istio.io/dataplane-mode: ambient"
WITH_WAYPOINT = NAMESPACE % "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint"


def rule(namespace: str) -> str:
    """A rule for the service, in a namespace."""
    host = "servicex.shop.svc.cluster.local"
    return destination_rule("trafficPolicy: {outlierDetection: {}}", namespace=namespace, host=host)


def test_a_rule_of_a_clients_namespace_is_reported() -> None:
    (found,) = found_in(WITH_WAYPOINT + rule("web") + service())
    assert (found.code, found.field) == ("M0924", "spec.host")


def test_those_where_the_waypoint_looks_are_not() -> None:
    for namespace in ("shop", "istio-system"):
        assert not found_in(WITH_WAYPOINT + rule(namespace) + service())
    assert not found_in(AMBIENT + rule("web") + service())
