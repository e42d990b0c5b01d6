"""M0309: a delay outlasts the timeout for a caller of the service."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.resilience import delay_over_a_callers_timeout
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import deployment, service, virtual_service

found_in = partial(findings_of, delay_over_a_callers_timeout)

SIDECAR = """---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: page, namespace: shop}
spec: {workloadSelector: {labels: {app: page}}, egress: [{hosts: [./servicex]}]}
"""
POLICY = """---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: servicex, namespace: shop}
spec:
  selector: {matchLabels: {app: servicex}}
  rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/page]}}]}]
"""
PODS = deployment("page", 1, app="page").replace("spec: {containers", "spec: {serviceAccountName: page, containers")


def mesh(delay: str, timeout: str = "3s") -> str:
    """A delayed service, and a timeout for the one that may call it."""
    fault = f"- fault: {{delay: {{fixedDelay: {delay}}}}}\n  route: [{{destination: {{host: servicex}}}}]"
    limit = f"- timeout: {timeout}\n  route: [{{destination: {{host: page}}}}]"
    delayed, limited = virtual_service(fault), virtual_service(limit, name="page", hosts="[page]")
    return delayed + limited + service("page") + service("servicex")


def test_a_delay_of_the_timeout_of_a_caller_that_a_sidecar_names_is_noted() -> None:
    (found,) = found_in(mesh("3s") + SIDECAR)
    assert (found.code, found.field, found.severity) == ("M0309", "spec.http[0].fault.delay", Severity.INFO)
    assert "Sidecar shop/page" in found.message
    assert "3s" in found.message


def test_so_is_that_of_a_caller_that_a_policy_allows_by_name() -> None:
    (found,) = found_in(mesh("5s") + POLICY + PODS)
    assert "AuthorizationPolicy shop/servicex" in found.message
    assert not found_in(mesh("5s") + POLICY.replace("sa/page", "sa/other") + PODS)


def test_a_shorter_delay_and_calls_that_nobody_names_are_not() -> None:
    assert not found_in(mesh("2.9s") + SIDECAR)
    assert not found_in(mesh("5s"))
    assert not found_in(mesh("5s") + SIDECAR.replace("./servicex", "./*"))
