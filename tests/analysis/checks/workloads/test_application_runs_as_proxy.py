"""M0806: an application runs as the proxy's user."""

from __future__ import annotations

from components.analysis.checks.workloads import application_runs_as_proxy
from tests.analysis.checking import findings_of

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web%s}
spec: {template: {spec: {containers: [{name: %s, securityContext: {runAsUser: 1337}}]}}}
"""


def test_a_container_with_the_proxys_user_is_reported_at_its_path() -> None:
    (found,) = findings_of(application_runs_as_proxy, DEPLOYMENT % ("", "web"))
    assert found.code == "M0806"
    assert found.field == "spec.template.spec.containers[0].securityContext.runAsUser"


def test_the_proxy_itself_and_istios_own_deployments_may() -> None:
    assert not findings_of(application_runs_as_proxy, DEPLOYMENT % ("", "istio-proxy"))
    assert not findings_of(application_runs_as_proxy, DEPLOYMENT % (", labels: {istio: pilot}", "web"))
