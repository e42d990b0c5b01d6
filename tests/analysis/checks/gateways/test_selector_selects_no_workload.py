"""M0501: a Gateway selects no workload."""

from __future__ import annotations

from components.analysis.checks.gateways import selector_selects_no_workload
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(**selector: str) -> str:
    return written("Gateway", "public", spec={"selector": selector, "servers": []})


POD = written("Pod", "edge", "edge", labels={"app": "edge"})
KNOWN = many(POD, written("Gateway", "known", spec={"selector": {"app": "edge"}}))


def test_where_gateways_pods_are_known_it_is_an_error() -> None:
    (found,) = findings_of(selector_selects_no_workload, many(KNOWN, gateway(app="egde")))
    assert (found.name, found.istio, found.severity) == ("public", "IST0101", Severity.ERROR)


def test_without_any_it_is_not_told_for_sure() -> None:
    assert [each.severity for each in findings_of(selector_selects_no_workload, gateway(istio="typo"))] == [
        Severity.INFO
    ]


def test_istios_own_gateway_is_taken_to_be_there_unless_it_is_off() -> None:
    assert not findings_of(selector_selects_no_workload, gateway(istio="ingressgateway"))
    off = {"ingressControllerMode": "OFF"}
    assert findings_of(selector_selects_no_workload, gateway(istio="ingressgateway"), mesh_config=off)
