"""M0819: a webhook that injects is asked at a Service that does not exist."""

from __future__ import annotations

from components.analysis.checks.workloads import webhook_without_service
from tests.analysis.checking import findings_of

WEBHOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: injector}
webhooks: [{name: sidecar-injector.istio.io, clientConfig: {service: {name: istiod, namespace: mesh}}}]
---
"""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: %s, namespace: mesh}\nspec: {ports: [{port: 443}]}\n"


def test_a_service_that_is_not_there_beside_others_of_its_namespace_is_an_error() -> None:
    (found,) = findings_of(webhook_without_service, WEBHOOK + SERVICE % "other")
    assert (found.code, found.severity.value) == ("M0819", "error")


def test_when_nothing_of_the_namespace_is_there_it_is_information() -> None:
    (found,) = findings_of(webhook_without_service, WEBHOOK)
    assert (found.code, found.severity.value) == ("M0819", "info")


def test_a_service_that_is_there_is_fine() -> None:
    assert not findings_of(webhook_without_service, WEBHOOK + SERVICE % "istiod")
