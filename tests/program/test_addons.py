"""What the setting addons makes of the program."""

from __future__ import annotations

from pathlib import Path

import pulumi
import pytest

from components.model import JAEGER, Mesh, Percent, Telemetry, Tracing, WholeMesh, Workload
from components.resources import addons, deploy, stack_settings
from tests.manifests.test_addons import JAEGER as JAEGER_MANIFEST
from tests.manifests.test_addons import PROMETHEUS as PROMETHEUS_MANIFEST
from tests.program.conftest import Run


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> str:
    (tmp_path / "jaeger.yaml").write_text(JAEGER_MANIFEST)
    (tmp_path / "prometheus.yaml").write_text(PROMETHEUS_MANIFEST)
    return str(tmp_path)


def test_a_stack_without_addons_has_none(run: Run) -> None:
    """Neither stack file asks for any, and istiod's values are those without."""
    for stack in ("dev", "prod"):
        recorded = run(stack)
        assert recorded.of_type("index:Addons") == {}
        assert "meshConfig" not in recorded.of_type("Chart")["istiod"]["values"]


def test_the_addons_of_a_folder_are_registered_with_the_given_images(run: Run, folder: str) -> None:
    """Every object under its kind and name, of Kubernetes' own classes, and only those of the addons asked for."""
    asked = {"addons": ["jaeger"], "addonManifests": folder, "addonImages": {"jaeger": "registry.test/jaeger:mine"}}
    recorded = run("dev", **asked)
    deployment = recorded.of_type("apps/v1:Deployment")["Deployment/istio-system/jaeger"]
    assert deployment["spec"]["template"]["spec"]["containers"][0]["image"] == "registry.test/jaeger:mine"
    assert "Service/istio-system/tracing" in recorded.of_type("core/v1:Service")
    assert recorded.of_type("ConfigMap") == {}
    both = run("dev", addons=["jaeger", "prometheus"], addonManifests=folder)
    assert both.of_type("core/v1:ConfigMap")["ConfigMap/istio-system/prometheus"]["data"]["prometheus.yml"] == "a: 1"
    assert "ClusterRole/prometheus" in both.of_type("rbac.authorization.k8s.io/v1:ClusterRole")


def test_jaeger_is_told_to_istiod_below_the_users_values(run: Run, folder: str) -> None:
    """The provider is there; what istioValues say of the same field wins, and the rest of both stays."""
    charts = run("dev", addons=["jaeger"], addonManifests=folder).of_type("Chart")
    (provider,) = charts["istiod"]["values"]["meshConfig"]["extensionProviders"]
    assert provider["name"] == "jaeger"
    mine = {"istiod": {"meshConfig": {"enableTracing": False, "accessLogFile": "/dev/stdout"}}}
    laid = run("dev", addons=["jaeger"], addonManifests=folder, istioValues=mine).of_type("Chart")["istiod"]["values"]
    assert laid["meshConfig"]["extensionProviders"] == [provider]
    assert laid["meshConfig"]["enableTracing"] is False
    assert laid["meshConfig"]["accessLogFile"] == "/dev/stdout"


def test_manifests_out_of_reach_are_one_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address, the reason, and the two ways out."""

    def nobody(location: str, **_: object) -> None:
        raise OSError("network is unreachable")

    monkeypatch.setattr(addons.urllib.request, "urlopen", nobody)
    with pytest.raises(pulumi.RunError) as caught:
        run("dev", addons=["jaeger"])
    said = str(caught.value)
    assert "the manifest of addon 'jaeger' can not be read from https://raw.githubusercontent.com/istio/istio/" in said
    assert "network is unreachable. Give addonManifests a folder with Istio's samples/addons" in said
    assert "take jaeger out of addons" in said


def test_an_image_of_no_container_stops_the_program(run: Run, folder: str) -> None:
    """With the containers that there are."""
    with pytest.raises(
        pulumi.RunError, match="container 'kiali', which no addon has; the containers are jaeger, prepare"
    ):
        run("dev", addons=["jaeger"], addonManifests=folder, addonImages={"kiali": "registry.test/kiali"})


def test_a_provider_that_nobody_declares_stops_before_anything_is_registered(run: Run) -> None:
    """Istio would trace nothing and say nothing of it."""
    recorded = run("dev")
    before = len(recorded.registered)
    workload = Workload("shop", namespace="shop", port=8000)
    traced = Mesh(
        versions=[workload.version("one")],
        telemetry=[Telemetry(WholeMesh(), tracing=Tracing(sampling=Percent(5), provider=JAEGER))],
    )
    with pytest.raises(pulumi.RunError, match="nothing was touched") as caught:
        deploy(traced, stack_settings())
    assert "the telemetry of the whole mesh names the provider 'jaeger'" in str(caught.value)
    assert len(recorded.registered) == before
