"""What each stack file makes of the program."""

from __future__ import annotations

import re
from typing import Any

import pulumi
import pytest

from tests.program.conftest import DIGEST, Run

SECRET = "1b47061264138c4ac30d75fd1eb44270"
"""How Pulumi marks a value as secret on the wire."""


def routes(virtual_service: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {route["name"]: route for route in virtual_service["spec"]["http"]}


def test_dev_runs_both_versions_behind_one_gateway_with_two_hosts(run: Run) -> None:
    """Stack dev: versions 200 and 504, hosts a and b on one gateway, Service servicex-service 80 to 8000."""
    dev = run("dev")
    assert set(dev.of_type("Deployment")) == {
        "Deployment/servicex/servicex-200",
        "Deployment/servicex/servicex-504",
    }
    (gateway,) = dev.custom("Gateway").values()
    assert gateway["spec"]["servers"][0]["hosts"] == ["a.mesh.test", "b.mesh.test"]
    service = dev.of_type("core/v1:Service")["Service/servicex/servicex-service"]
    (port,) = service["spec"]["ports"]
    assert (port["port"], port["targetPort"], port["name"], port["appProtocol"]) == (80, "http", "http", "http")
    containers = [d["spec"]["template"]["spec"]["containers"] for d in dev.of_type("Deployment").values()]
    assert all(container["ports"][0]["containerPort"] == 8000 for (container,) in containers)


def test_dev_splits_90_to_10_and_injects_faults_for_marked_requests_only(run: Run) -> None:
    """Stack dev: 90/10, an abort and a delay behind a header, path prefixes, and a hash on a route of its own."""
    by_name = routes(run("dev").custom("VirtualService")["VirtualService/servicex/a.mesh.test"])
    assert [part["weight"] for part in by_name["canary"]["route"]] == [90, 10]
    assert by_name["abort"]["match"] == [{"headers": {"x-fault": {"exact": "abort"}}}]
    assert by_name["abort"]["fault"] == {"abort": {"httpStatus": 500, "percentage": {"value": 25}}}
    assert by_name["delay"]["fault"] == {"delay": {"fixedDelay": "0.5s", "percentage": {"value": 50}}}
    assert by_name["only-504"]["match"] == [{"uri": {"prefix": "/504"}}]
    assert by_name["sticky"]["route"][0]["destination"]["subset"] == "sticky"
    assert all(route["retries"] == {"attempts": 0} for route in by_name.values())
    assert list(by_name)[-1] == "canary"


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_circuit_breaker_is_that_of_the_brief(run: Run, stack: str) -> None:
    """Both stacks: consecutiveGatewayErrors 5, interval 20s, baseEjectionTime 30s, maxEjectionPercent 100."""
    (rule,) = run(stack).custom("DestinationRule").values()
    assert rule["spec"]["trafficPolicy"]["outlierDetection"] == {
        "consecutiveGatewayErrors": 5,
        "consecutive5xxErrors": 0,
        "interval": "20s",
        "baseEjectionTime": "30s",
        "maxEjectionPercent": 100,
    }


def test_prod_is_strict_and_has_neither_fault_nor_failing_version(run: Run) -> None:
    """Stack prod: STRICT mutual TLS, no fault, version 200 only, two replicas, a disruption budget."""
    prod = run("prod")
    (peer_authentication,) = prod.custom("PeerAuthentication").values()
    assert peer_authentication["spec"]["mtls"]["mode"] == "STRICT"
    assert set(prod.of_type("Deployment")) == {"Deployment/servicex/servicex-200"}
    assert prod.of_type("Deployment")["Deployment/servicex/servicex-200"]["spec"]["replicas"] == 2
    (budget,) = prod.of_type("PodDisruptionBudget").values()
    assert budget["spec"]["minAvailable"] == 1
    for service in prod.custom("VirtualService").values():
        assert not [route for route in service["spec"]["http"] if "fault" in route]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_pods_run_by_digest_without_root_and_with_a_read_only_root(run: Run, stack: str) -> None:
    """Every pod: image by digest, non-root, read-only root, no capabilities, requests and limits, both probes."""
    for deployment in run(stack).of_type("Deployment").values():
        pod = deployment["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert container["image"] == f"registry.test:5000/servicex@{DIGEST}"
        assert pod["securityContext"]["runAsNonRoot"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert set(container["resources"]) == {"requests", "limits"}
        assert {"readinessProbe", "livenessProbe"} <= set(container)
        assert pod["serviceAccountName"] == "servicex"


def test_charts_come_from_a_version_or_a_folder(run: Run, tmp_path: Any) -> None:
    """istioVersion asks Istio's repository; istioCharts takes the folder and asks nobody."""
    published = run("dev").of_type("Chart")
    assert {chart["version"] for chart in published.values()} == {"1.31.1"}
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "Chart.yaml").write_text("name: base\n")
    local = run("dev", istioCharts=str(tmp_path)).of_type("Chart")
    assert local["istiod"]["chart"] == str(tmp_path / "istio-control" / "istio-discovery")
    assert all("version" not in chart and "repositoryOpts" not in chart for chart in local.values())


def test_charts_are_told_to_fail_from_the_start(run: Run) -> None:
    """base.validationFailurePolicy is Fail on base and istiod, for istiod would change it behind Pulumi's back."""
    charts = run("prod").of_type("Chart")
    for name in ("istio-base", "istiod"):
        assert charts[name]["values"]["base"]["validationFailurePolicy"] == "Fail"


def test_a_cluster_without_load_balancer_gets_a_node_port(run: Run) -> None:
    """istioProfile node-port: the ingress Service's type is NodePort, so nothing waits for an address."""
    chart = run("dev", istioProfile="node-port").of_type("Chart")["istio-ingress"]
    assert chart["values"]["service"]["type"] == "NodePort"


def test_values_of_the_stack_are_laid_over_ours(run: Run) -> None:
    """istioValues adds to a chart's values and keeps what it does not name."""
    values = {"istiod": {"base": {"x": 1}, "pilot": {"replicaCount": 2}}}
    chart = run("dev", istioValues=values).of_type("Chart")["istiod"]
    assert chart["values"] == {
        "base": {"validationFailurePolicy": "Fail", "x": 1},
        "pilot": {"replicaCount": 2},
    }


def test_wrong_configuration_stops_before_anything_is_registered(run: Run) -> None:
    """Every wrong key is named with its value and what is allowed, in one error, and no resource was registered."""
    with pytest.raises(pulumi.RunError) as caught:
        run("dev", canaryWeight=250, replica=3)
    assert "canaryWeight is '250'; give a whole number from 0 to 100" in str(caught.value)
    assert "replica is no setting of this program; did you mean replicas?" in str(caught.value)


def test_the_registrys_password_is_a_secret_of_the_image(run: Run) -> None:
    """With a user and a password the image is pushed with both, and without them with neither."""
    (image,) = run("dev", registryUsername="ann", registryPassword="hush").of_type("Image").values()
    assert image["registry"] == {
        "4dabf18193072939515e22adb298388d": SECRET,
        "value": {"server": "registry.test:5000", "username": "ann", "password": "hush"},
    }
    (open_image,) = run("dev").of_type("Image").values()
    assert "registry" not in open_image


def test_the_image_is_tagged_by_content_and_built_by_the_given_builder(run: Run) -> None:
    """Twelve hexadecimal digits; the builder is a build argument; a preview builds nothing."""
    (image,) = run("dev", builderImage="golang:1.27").of_type("Image").values()
    assert re.fullmatch(r"registry\.test:5000/servicex:[0-9a-f]{12}", image["imageName"])
    assert image["build"]["args"] == {"BUILDER": "golang:1.27"}
    assert not image["buildOnPreview"]
