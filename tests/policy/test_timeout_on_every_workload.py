"""timeout-on-every-workload: which rules let requests wait for ever."""

from __future__ import annotations

import pytest

from tests.policy.stacks import UNKNOWN, judged, unknowns, violations

NAME = "timeout-on-every-workload"
SERVICE = """---
apiVersion: v1
kind: Service
metadata: {name: servicex, namespace: shop}
spec: {selector: {app: servicex}, ports: [{name: http, port: 80}]}
"""


def rules(*written: str, namespace: str = "shop") -> str:
    return SERVICE + (
        f"---\napiVersion: networking.istio.io/v1\nkind: VirtualService\n"
        f"metadata: {{name: routes, namespace: {namespace}}}\nspec: {{hosts: [a.test], http: [{', '.join(written)}]}}\n"
    )


def to(host: str, more: str = "") -> str:
    return f"{{route: [{{destination: {{host: '{host}'}}}}]{more}}}"


def test_a_rule_to_a_workload_without_a_timeout_is_refused() -> None:
    """Each such rule of a VirtualService, in one sentence."""
    text = rules(to("servicex", ", name: first"), to("servicex", ", timeout: 5s"), to("servicex"))
    assert violations(NAME, text) == ["VirtualService/shop/routes spec.http[0, 2].timeout"]
    (said,) = judged(NAME, text)
    assert "rules first, 2: requests to servicex.shop.svc.cluster.local may wait for ever" in str(said)


def test_a_timeout_of_nothing_is_none() -> None:
    assert violations(NAME, rules(to("servicex", ", timeout: 0s"))) == [
        "VirtualService/shop/routes spec.http[0].timeout"
    ]


@pytest.mark.parametrize(
    "rule",
    [
        to("servicex", ", timeout: 10s"),
        to("servicex", ", timeout: 1m30s"),
        "{redirect: {uri: /}}",
        "{directResponse: {status: 404}}",
        to("elsewhere.example.com"),
        to("servicex.shop"),
        to("servicex", ", fault: {abort: {httpStatus: 500}}"),
    ],
    ids=["seconds", "minutes", "a redirect", "a fixed answer", "a host outside", "no host of Istio's", "a fault"],
)
def test_other_rules_pass(rule: str) -> None:
    assert violations(NAME, rules(rule)) == []


@pytest.mark.parametrize(("host", "count"), [("servicex", 0), ("servicex.shop.svc.cluster.local", 1)])
def test_a_short_host_is_completed_by_the_rules_own_namespace(host: str, count: int) -> None:
    assert len(violations(NAME, rules(to(host), namespace="callers"))) == count


def test_a_workload_that_no_rule_routes_to_is_left_alone() -> None:
    assert violations(NAME, SERVICE) == []


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (to("servicex", f", timeout: {UNKNOWN}"), "spec.http[0].timeout"),
        (to("servicex", f", fault: {UNKNOWN}"), "spec.http[0].fault"),
        (to(UNKNOWN), "spec.http[0].route[0].destination.host"),
        (UNKNOWN, "spec.http[0]"),
    ],
    ids=["the timeout", "a fault", "the host", "the rule"],
)
def test_a_rule_that_is_not_known_yet_can_not_be_told(rule: str, field: str) -> None:
    assert unknowns(NAME, rules(rule)) == [f"VirtualService/shop/routes {field}"]


def test_a_virtual_service_can_be_exempt() -> None:
    """Long streams have no timeout."""
    assert violations(NAME, rules(to("servicex")), exempt=["VirtualService/shop/routes"]) == []
