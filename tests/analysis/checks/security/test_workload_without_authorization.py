"""M0623: no AuthorizationPolicy is for a workload."""

from __future__ import annotations

from components.analysis.checks.security import workload_without_authorization
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web}]}
---
"""
POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: %s}
spec: {%s}
"""
OTHER, WEB = "selector: {matchLabels: {app: other}}", "selector: {matchLabels: {app: web}}"


def test_a_pod_that_no_policy_of_its_namespace_selects_is_information() -> None:
    (found,) = findings_of(workload_without_authorization, POD + POLICY % ("shop", OTHER))
    assert (found.code, found.severity.value, found.name) == ("M0623", "info", "web")


def test_a_policy_for_it_for_the_namespace_or_for_the_mesh_is_enough() -> None:
    for policy in (POLICY % ("shop", WEB), POLICY % ("shop", ""), POLICY % ("istio-system", "")):
        assert not findings_of(workload_without_authorization, POD + policy)


def test_a_namespace_that_uses_no_policies_is_let_be() -> None:
    assert not findings_of(workload_without_authorization, POD + POLICY % ("other", OTHER))
