"""What becomes of an addon's manifest before it is registered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from components.manifests.addons import addon_manifests, manifest_location
from components.model import Addon

GOLDEN = Path(__file__).with_name("golden") / "addons.yaml"

JAEGER = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: jaeger, namespace: istio-system, annotations: }
spec:
  strategy: {type: Recreate, rollingUpdate: null}
  template:
    spec:
      initContainers:
      - {name: prepare, image: "prepare.test:1"}
      containers:
      - name: jaeger
        image: jaeger.test:2
        resources: {}
        args: []
        volumeMounts: [{name: data, mountPath: /data, subPath: ""}]
      volumes: [{name: data, emptyDir: {}}]
---
# nothing but a comment
---
apiVersion: v1
kind: Service
metadata: {name: tracing, namespace: istio-system}
spec: {ports: [{port: 80}], selector: {app: jaeger}}
"""
PROMETHEUS = """
apiVersion: v1
kind: ConfigMap
metadata: {name: prometheus, namespace: istio-system, labels: {}}
data: {rules: "", prometheus.yml: "a: 1"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: prometheus}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
"""
TEXTS = {Addon.JAEGER: JAEGER, Addon.PROMETHEUS: PROMETHEUS}


def test_the_addons_become_the_objects_of_the_golden_file() -> None:
    """Rewrite it with `REWRITE_GOLDEN=1 pytest tests/manifests`, and read the difference."""
    manifests = addon_manifests(TEXTS, {"jaeger": "registry.test/jaeger:mine"})
    groups = {"configuration": list(manifests.configuration), "workloads": list(manifests.workloads)}
    written = yaml.safe_dump(groups, sort_keys=False, width=120)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(written)
    assert written == GOLDEN.read_text()


def test_fields_that_say_nothing_are_left_out() -> None:
    """Null, {}, [] and an empty text come back as drift; an emptyDir, the core API group and ConfigMap data are kept."""
    manifests = addon_manifests(TEXTS, {})
    (deployment, _), (config_map, role) = manifests.workloads, manifests.configuration
    pod = deployment["spec"]["template"]["spec"]
    assert deployment["metadata"] == {"name": "jaeger", "namespace": "istio-system"}
    assert deployment["spec"]["strategy"] == {"type": "Recreate"}
    assert pod["volumes"] == [{"name": "data", "emptyDir": {}}]
    assert pod["containers"] == [
        {"name": "jaeger", "image": "jaeger.test:2", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}
    ]
    assert config_map["data"] == {"rules": "", "prometheus.yml": "a: 1"}
    assert role["rules"][0]["apiGroups"] == [""]


def test_what_pods_read_comes_before_them() -> None:
    """A pod whose ConfigMap or account is not there yet is tried again after seconds, not at once."""
    manifests = addon_manifests(TEXTS, {})
    assert [each["kind"] for each in manifests.configuration] == ["ConfigMap", "ClusterRole"]
    assert [each["kind"] for each in manifests.workloads] == ["Deployment", "Service"]


def test_images_are_replaced_by_the_containers_name() -> None:
    """Init containers too; those that are not named stay as they are."""
    (deployment, _) = addon_manifests(TEXTS, {"prepare": "registry.test/prepare"}).workloads
    pod = deployment["spec"]["template"]["spec"]
    assert pod["initContainers"][0]["image"] == "registry.test/prepare"
    assert pod["containers"][0]["image"] == "jaeger.test:2"


def test_an_image_of_no_container_is_refused_with_the_containers() -> None:
    """A misspelt name would leave the public image in place."""
    with pytest.raises(ValueError, match="container 'jaegr', which no addon has; the containers are jaeger, prepare"):
        addon_manifests(TEXTS, {"jaegr": "registry.test/jaeger"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("a: [", "is no YAML: .*line 2", id="no YAML"),
        pytest.param("404: Not Found", "has no apiVersion, kind and metadata", id="a page of an error"),
        pytest.param("- kind: Service", "has no apiVersion, kind and metadata", id="a list"),
    ],
)
def test_a_manifest_that_is_none_is_refused_by_the_addons_name(text: str, said: str) -> None:
    """And what to give instead is said."""
    with pytest.raises(ValueError, match=f"addon 'kiali' .*{said}.*samples/addons of Istio as it is"):
        addon_manifests({Addon.KIALI: text}, {})


def test_manifests_come_from_a_folder_or_from_istios_source_at_the_version() -> None:
    """The same file in both."""
    assert manifest_location(Addon.KIALI, version="1.31.1", folder="/addons") == "/addons/kiali.yaml"
    published = manifest_location(Addon.KIALI, version="1.31.1", folder="")
    assert published == "https://raw.githubusercontent.com/istio/istio/1.31.1/samples/addons/kiali.yaml"
