"""M0609: two rules that look like one split by a dash."""

from __future__ import annotations

from components.analysis.checks.security import rule_split_by_a_dash
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{from: [{source: {namespaces: [a]}}]}%s to: [{operation: {paths: [%s]}}]}]}
"""


def test_from_alone_and_then_to_alone_is_a_warning() -> None:
    (found,) = findings_of(rule_split_by_a_dash, POLICY % (", {", "/orders"))
    assert (found.code, found.severity.value) == ("M0609", "warning")


def test_a_path_that_is_for_everybody_makes_it_information() -> None:
    (found,) = findings_of(rule_split_by_a_dash, POLICY % (", {", "/healthz"))
    assert (found.code, found.severity.value) == ("M0609", "info")


def test_one_rule_with_both_is_fine() -> None:
    assert not findings_of(rule_split_by_a_dash, (POLICY % ("", "/orders")).replace("}]} to", "}], to"))
