"""M0923: a waypoint takes no rules of this namespace."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import rules_off_the_waypoint
from tests.analysis.checking import findings_of
from tests.analysis.documents import service, virtual_service

found_in = partial(findings_of, rules_off_the_waypoint)

NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
AMBIENT = NAMESPACE % "istio.io/dataplane-mode: ambient"
WITH_WAYPOINT = NAMESPACE % "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint"

HOST = "servicex.shop.svc.cluster.local"
RULES = virtual_service(f"- route: [{{destination: {{host: {HOST}}}}}]", hosts=f"[{HOST}]")


def of(namespace: str) -> str:
    """The rules in a namespace."""
    return RULES.replace("namespace: shop", f"namespace: {namespace}")


def test_rules_of_a_clients_namespace_are_reported() -> None:
    (found,) = found_in(WITH_WAYPOINT + of("web") + service())
    assert (found.code, found.field) == ("M0923", "spec.hosts[0]")


def test_those_of_the_service_and_of_its_waypoint_are_followed() -> None:
    assert not found_in(WITH_WAYPOINT + of("shop") + service())
    elsewhere = "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: a, istio.io/use-waypoint-namespace: web"
    assert not found_in(NAMESPACE % elsewhere + of("web") + service())


def test_without_a_waypoint_another_check_tells() -> None:
    assert not found_in(AMBIENT + of("web") + service())
