"""The TLS that DestinationRules have clients speak."""

from __future__ import annotations

import pytest

from components.analysis.client_tls import TLSMode, covered_namespace, covers_mesh, tls_of, tls_of_all
from tests.analysis.checking import snapshot_of

RULE = """
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: r, namespace: shop}
spec:
  host: "%s"
  trafficPolicy: {tls: {mode: SIMPLE}, portLevelSettings: [{port: {number: 80}, tls: {}}, {port: {number: 81}}]}
  subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}]
"""


def test_settings_of_the_host_its_ports_and_its_subsets_are_found() -> None:
    (rule,) = snapshot_of(RULE % "web").destination_rules
    assert list(tls_of(rule.spec)) == [
        ("spec.trafficPolicy.tls.mode", TLSMode.SIMPLE, None, {}),
        ("spec.trafficPolicy.portLevelSettings[0].tls.mode", TLSMode.DISABLE, 80, {}),
        ("spec.subsets[0].trafficPolicy.tls.mode", TLSMode.ISTIO_MUTUAL, None, {"version": "v1"}),
    ]
    assert tls_of_all(rule.spec) is TLSMode.SIMPLE


@pytest.mark.parametrize(
    ("host", "mesh", "namespace"),
    [
        ("*.local", True, None),
        ("*.svc.cluster.local", True, None),
        ("*.shop.svc.cluster.local", False, "shop"),
        ("web.shop.svc.cluster.local", False, None),
        ("*.example.com", False, None),
    ],
)
def test_a_host_may_stand_for_the_mesh_or_for_a_namespace(host: str, mesh: bool, namespace: str | None) -> None:
    (rule,) = snapshot_of(RULE % host).destination_rules
    assert (covers_mesh(rule.spec), covered_namespace(rule)) == (mesh, namespace)
