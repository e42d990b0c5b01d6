"""M0821: an external control plane is named by an IP address."""

from __future__ import annotations

import pytest

from components.analysis.checks.workloads import external_control_plane_by_address
from tests.analysis.checking import findings_of

WEBHOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: istiod-default-validator}
webhooks: [{name: validation.istio.io, clientConfig: {url: "%s"}}]
"""


@pytest.mark.parametrize("url", ["https://10.0.0.7:15017/validate", "https://[fd00::7]/validate"])
def test_an_address_is_information(url: str) -> None:
    (found,) = findings_of(external_control_plane_by_address, WEBHOOK % url)
    assert (found.code, found.severity.value) == ("M0821", "info")


def test_a_host_name_is_not_reported() -> None:
    assert not findings_of(external_control_plane_by_address, WEBHOOK % "https://istiod.example.com/validate")
