"""M0207: rules of the mesh that choose subsets are not in force for a gateway's requests."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.routes import gateway_route_past_the_subset_rules
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import deployment, destination_rule, service, virtual_service

found_in = partial(findings_of, gateway_route_past_the_subset_rules)

BARE = "- route: [{destination: {host: servicex}}]"
CHOOSING = "- match: [{headers: {x: {}}}]\n  route: [{destination: {host: servicex, subset: v2}}]\n" + (
    "- route: [{destination: {host: servicex, subset: v1}}]"
)


def ingress(http: str = BARE, gateways: str = "[public]") -> str:
    """What is bound to the gateway."""
    return virtual_service(http, name="public", hosts="[shop.example.com]", extra=f"gateways: {gateways}")


def test_a_gateway_route_past_rules_of_the_mesh_is_reported_as_istioctl_does() -> None:
    (found,) = found_in(ingress() + virtual_service(CHOOSING))
    assert (found.code, found.istio, found.severity) == ("M0207", "IST0140", Severity.WARNING)
    assert (found.name, found.field) == ("public", "spec.http[0].route[0].destination.host")


def test_once_for_each_other_virtual_service() -> None:
    assert len(found_in(ingress(f"{BARE}\n{BARE}") + virtual_service(CHOOSING))) == 1


def test_hosts_are_compared_in_full() -> None:
    other = virtual_service(CHOOSING).replace("namespace: shop", "namespace: bank")
    assert not found_in(ingress() + other)


def test_a_rule_that_sends_to_one_subset_may_make_no_difference() -> None:
    one = ingress() + virtual_service("- route: [{destination: {host: servicex, subset: v1}}]")
    assert [each.severity for each in found_in(one)] == [Severity.INFO]
    rule = destination_rule("subsets: [{name: v1, labels: {version: v1}}]")
    known = one + rule + service() + deployment("a", 1)
    assert [each.severity for each in found_in(known)] == [Severity.INFO]
    assert [each.severity for each in found_in(known + deployment("b", 1, version="v2"))] == [Severity.WARNING]


def test_subsets_chosen_at_a_gateway_are_no_rules_of_the_mesh() -> None:
    egress = virtual_service(CHOOSING, extra="gateways: [egress]")
    assert not found_in(ingress() + egress)


def test_one_virtual_service_for_the_gateway_and_the_mesh_is_not_reported() -> None:
    both = "- match: [{gateways: [mesh]}]\n  route: [{destination: {host: servicex}}]\n" + CHOOSING
    assert not found_in(virtual_service(both, extra="gateways: [public, mesh]"))
