"""M0743: several Telemetries are for a whole namespace."""

from __future__ import annotations

from components.analysis.checks.proxies import telemetries_of_one_namespace
from tests.analysis.checking import findings_of

TELEMETRY = """
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: %s, namespace: shop}
spec: {%s}
---"""


def test_both_of_two_are_reported() -> None:
    found = findings_of(telemetries_of_one_namespace, TELEMETRY % ("a", "") + TELEMETRY % ("b", ""))
    assert [(each.code, each.name) for each in found] == [("M0743", "a"), ("M0743", "b")]


def test_one_with_a_selector_or_attached_to_a_gateway_is_not_counted() -> None:
    selective = "selector: {matchLabels: {app: web}}"
    attached = "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: g}]"
    for spec in (selective, attached):
        assert not findings_of(telemetries_of_one_namespace, TELEMETRY % ("a", "") + TELEMETRY % ("b", spec))
