"""M0742: a Telemetry selects no pod."""

from __future__ import annotations

from components.analysis.checks.proxies import telemetry_selects_nothing
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web}]}
---
"""
TELEMETRY = """
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: t, namespace: %s}
spec: {selector: {matchLabels: {app: %s}}}
"""


def test_labels_that_no_pod_of_the_namespace_has_are_an_error() -> None:
    (found,) = findings_of(telemetry_selects_nothing, POD + TELEMETRY % ("shop", "other"))
    assert (found.code, found.severity.value, found.istio) == ("M0742", "error", "IST0101")


def test_where_no_pods_are_among_the_documents_it_is_information() -> None:
    (found,) = findings_of(telemetry_selects_nothing, POD + TELEMETRY % ("other", "web"))
    assert (found.code, found.severity.value) == ("M0742", "info")


def test_labels_that_a_pod_has_are_fine() -> None:
    assert not findings_of(telemetry_selects_nothing, POD + TELEMETRY % ("shop", "web"))
