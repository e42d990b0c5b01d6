"""M0101: a Gateway that is named does not exist."""

from __future__ import annotations

from components.analysis.checks.references import gateway_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

GATEWAY = written("Gateway", "public", spec={"selector": {"istio": "ingressgateway"}, "servers": []})


def bound(*gateways: str) -> str:
    return written("VirtualService", "servicex", spec={"hosts": ["a.mesh.test"], "gateways": list(gateways)})


def test_a_name_that_no_gateway_beside_it_has_is_an_error() -> None:
    (found,) = findings_of(gateway_not_found, many(GATEWAY, bound("public", "publik")))
    assert (found.code, found.field, found.severity) == ("M0101", "spec.gateways[1]", Severity.ERROR)


def test_without_any_gateway_of_the_namespace_it_is_not_told_for_sure() -> None:
    (found,) = findings_of(gateway_not_found, bound("public"))
    assert found.severity is Severity.INFO
    assert "could not be told for sure" in found.message


def test_one_of_that_name_in_another_namespace_is_offered() -> None:
    elsewhere = written("Gateway", "public", "office", {"selector": {}})
    (found,) = findings_of(gateway_not_found, many(elsewhere, bound("public")))
    assert found.severity is Severity.ERROR
    assert "office/public" in found.remedy


def test_mesh_a_full_name_and_a_gateway_of_the_gateway_api_are_found() -> None:
    other = written(
        "Gateway", "other", spec={"gatewayClassName": "istio", "listeners": []}, api="gateway.networking.k8s.io/v1"
    )
    assert not findings_of(gateway_not_found, many(GATEWAY, other, bound("mesh", "shop/public", "other")))
