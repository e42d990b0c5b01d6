"""M0820: a webhook of an external control plane has no address."""

from __future__ import annotations

import pytest

from components.analysis.checks.workloads import external_control_plane_without_address
from tests.analysis.checking import findings_of

WEBHOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: %s}
webhooks: [{name: sidecar-injector.istio.io, clientConfig: {%s}}]
"""
NAME = "istio-sidecar-injector-external"


@pytest.mark.parametrize(
    "client",
    ["url: ", "url: ''", "", "url: 'https://istiod:http/inject'", "url: 'https://istiod%zz/'", "url: ':443/x'"],
)
def test_no_address_and_one_that_is_no_url_are_reported(client: str) -> None:
    (found,) = findings_of(external_control_plane_without_address, WEBHOOK % (NAME, client))
    assert (found.code, found.istio) == ("M0820", "IST0163")


def test_a_url_a_service_and_webhooks_of_other_names_are_not() -> None:
    module = external_control_plane_without_address
    assert not findings_of(module, WEBHOOK % (NAME, "url: 'https://istiod.example.com/inject'"))
    assert not findings_of(module, WEBHOOK % (NAME, "service: {name: istiod}"))
    assert not findings_of(module, WEBHOOK % ("other", ""))
