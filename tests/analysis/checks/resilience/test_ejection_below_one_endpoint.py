"""M0312: no endpoint is ever ejected: maxEjectionPercent is below the share of one."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import ejection_below_one_endpoint
from tests.analysis.checking import findings_of
from tests.analysis.documents import deployment, destination_rule, service, virtual_service

found_in = partial(findings_of, ejection_below_one_endpoint)


def ejection(fields: str) -> str:
    """A DestinationRule with this outlierDetection."""
    return destination_rule(f"trafficPolicy: {{outlierDetection: {{{fields}}}}}")


SUBSETS = """
subsets:
- {name: v1, labels: {version: v1}}
- {name: v2, labels: {version: v2}}
"""


def test_the_default_of_ten_percent_ejects_none_of_four() -> None:
    (found,) = found_in(ejection("") + service() + deployment("a", 3) + deployment("b", 1, version="v2"))
    assert (found.code, found.field) == ("M0312", "spec.trafficPolicy.outlierDetection")
    assert "one of 4 endpoints is 25 %" in found.message
    assert "at least 25," in found.remedy


def test_a_third_is_more_than_33_percent() -> None:
    (found,) = found_in(ejection("maxEjectionPercent: 33") + service() + deployment("a", 3))
    assert found.field == "spec.trafficPolicy.outlierDetection.maxEjectionPercent"
    assert not found_in(ejection("maxEjectionPercent: 34") + service() + deployment("a", 3))


def test_ten_endpoints_are_enough_for_the_default() -> None:
    assert not found_in(ejection("") + service() + deployment("a", 10))


def test_a_subset_that_is_sent_to_is_counted_by_itself() -> None:
    rule = destination_rule("trafficPolicy: {outlierDetection: {maxEjectionPercent: 50}}" + SUBSETS)
    pods = service() + deployment("a", 4) + deployment("b", 1, version="v2")
    assert not found_in(rule + pods)
    sent = virtual_service("- route: [{destination: {host: servicex, subset: v2}}]")
    (found,) = found_in(rule + pods + sent)
    assert "one of 1 endpoint in subset v2 is 100 %" in found.message


def test_nothing_is_said_of_numbers_that_the_documents_do_not_tell() -> None:
    assert not found_in(ejection(""))
    assert not found_in(ejection("") + service())
    daemons = deployment("a", 4).replace("Deployment", "DaemonSet").replace("  replicas: 4\n", "")
    assert not found_in(ejection("") + service() + daemons)
    scaled = """---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: a, namespace: shop}
    spec: {scaleTargetRef: {kind: Deployment, name: a}, maxReplicas: 20}
    """
    assert not found_in(ejection("") + service() + deployment("a", 4) + scaled)


def test_pods_of_a_deployment_are_not_counted_twice() -> None:
    pod = """---
    apiVersion: v1
    kind: Pod
    metadata: {name: a-1, namespace: shop, labels: {app: servicex, version: v1}}
    spec: {containers: [{name: a, image: "a:1"}]}
    """
    (found,) = found_in(ejection("") + service() + deployment("a", 2) + pod)
    assert "2 endpoints" in found.message


def test_endpoints_of_a_service_entry_count() -> None:
    entry = """---
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: bank, namespace: shop}
    spec:
      hosts: [bank.example.com]
      resolution: STATIC
      ports: [{number: 80, name: http, protocol: HTTP}]
      endpoints: [{address: 192.0.2.1}, {address: 192.0.2.2}]
    """
    rule = destination_rule("trafficPolicy: {outlierDetection: {}}", host="bank.example.com")
    (found,) = found_in(rule + entry)
    assert "2 endpoints is 50 %" in found.message
