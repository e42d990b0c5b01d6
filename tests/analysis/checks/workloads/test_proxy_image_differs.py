"""M0813: pods run another image of the proxy than the injector gives."""

from __future__ import annotations

from components.analysis.checks.workloads import proxy_image_differs
from tests.analysis.checking import findings_of

TEXT = """
apiVersion: v1
kind: ConfigMap
metadata: {name: istio-sidecar-injector, namespace: istio-system}
data: {values: '{"global": {"hub": "hub", "tag": "2", "proxy": {"image": "%s"}}}'}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop%s}
spec: {containers: [{name: istio-proxy, image: "%s"}]}
"""


def test_an_older_image_is_reported_on_the_namespace() -> None:
    (found,) = findings_of(proxy_image_differs, TEXT % ("proxyv2", "", "hub/proxyv2:1"))
    assert (found.code, found.kind, found.name) == ("M0813", "Namespace", "shop")
    assert "hub/proxyv2:1 instead of hub/proxyv2:2" in found.message


def test_the_same_image_a_full_name_and_a_pods_own_image_are_not() -> None:
    assert not findings_of(proxy_image_differs, TEXT % ("proxyv2", "", "hub/proxyv2:2"))
    assert not findings_of(proxy_image_differs, TEXT % ("my/proxy:3", "", "my/proxy:3"))
    own = ", annotations: {sidecar.istio.io/proxyImage: mine}"
    assert not findings_of(proxy_image_differs, TEXT % ("proxyv2", own, "mine"))


def test_a_variant_by_image_type_is_the_same_image() -> None:
    text = TEXT % ("proxyv2", "", "hub/proxyv2:2-distroless")
    assert [each.code for each in findings_of(proxy_image_differs, text)] == ["M0813"]
    config = {"defaultConfig": {"image": {"imageType": "distroless"}}}
    assert not findings_of(proxy_image_differs, text, mesh_config=config)
    named = ', annotations: {proxy.istio.io/config: "image: {imageType: distroless}"}'
    assert not findings_of(proxy_image_differs, TEXT % ("proxyv2", named, "hub/proxyv2:2-distroless"))
