"""M0810: a namespace is injected by default."""

from __future__ import annotations

from components.analysis.checks.workloads import namespace_injected_by_default
from tests.analysis.checking import findings_of

INJECTOR = """
apiVersion: v1
kind: ConfigMap
metadata: {name: istio-sidecar-injector, namespace: istio-system}
data: {values: '{"sidecarInjectorWebhook": {"enableNamespacesByDefault": %s}}'}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
"""


def test_it_is_told_by_the_injectors_config_map() -> None:
    (found,) = findings_of(namespace_injected_by_default, INJECTOR % "true")
    assert (found.code, found.istio) == ("M0810", "IST0148")
    assert not findings_of(namespace_injected_by_default, INJECTOR % "false")


def test_a_config_map_that_is_not_json_is_let_be() -> None:
    assert not findings_of(namespace_injected_by_default, INJECTOR % "true}")
