"""M0301: a timeout beside a fault is not in force."""

from __future__ import annotations

from components.analysis.checks.resilience import fault_beside_timeout
from tests.analysis.checking import findings_of, lines_of

ROUTE = """
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: servicex, namespace: shop}
spec:
  hosts: [servicex]
  http:
  - route: [{destination: {host: servicex}}]
"""


def test_a_rule_with_both_is_reported_on_the_line_of_the_timeout() -> None:
    text = ROUTE + "    fault: {delay: {fixedDelay: 5s}}\n    timeout: 2s\n"
    found = findings_of(fault_beside_timeout, text)
    assert [(each.code, each.field) for each in found] == [("M0301", "spec.http[0].timeout")]
    assert lines_of(found, text) == ["timeout: 2s"]


def test_a_timeout_alone_and_a_fault_alone_are_not() -> None:
    assert not findings_of(fault_beside_timeout, ROUTE + "    timeout: 2s\n")
    assert not findings_of(fault_beside_timeout, ROUTE + "    fault: {delay: {fixedDelay: 5s}}\n")
