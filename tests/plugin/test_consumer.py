"""The plugin as a user has it: another folder, another project, the real CLI."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.lab.standins.conftest import Project
from tests.lab.standins.control_plane import ControlPlane

pytestmark = pytest.mark.lab

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("golden") / "schema.json"

ISTIO = """
import pulumi
inputs = {inputs}
istio = pulumi.ComponentResource("servicex-mesh:index:Istio", "istio", {{**inputs, "gatewayHost": None}}, remote=True)
pulumi.export("host", istio.gatewayHost)
"""

OBJECTS = [
    "Namespace/shop",
    "PeerAuthentication/istio-system/default",
    "ServiceAccount/shop/shop",
    "Service/shop/shop",
    "Deployment/shop/shop-v1",
    "Deployment/shop/shop-v2",
    "DestinationRule/shop/shop",
    "Gateway/istio-ingress/public",
    "VirtualService/shop/shop.example.com",
    "Secret/istio-ingress/shop",
    "ServiceEntry/shop/bank",
]


def test_the_clis_schema_of_the_plugin_is_that_of_the_golden_file(bare_project: Project) -> None:
    """`pulumi package get-schema PATH` starts the plugin from its folder, wherever it is called."""
    shown = bare_project.run("package", "get-schema", str(ROOT / "plugin"))
    assert shown.code == 0, shown.output
    given, golden = json.loads(shown.output[shown.output.index("{\n") :]), json.loads(GOLDEN.read_text())
    # The CLI writes what it understood: empty parts of its own, and no description of a list's items or a map's values.
    del given["config"], golden["dependencies"]
    assert given == outer_descriptions(golden)


def outer_descriptions(schema: Any, *, inner: bool = False) -> Any:
    """The schema without the descriptions that the inference repeats inside lists and maps."""
    if not isinstance(schema, dict):
        return schema
    return {
        key: outer_descriptions(part, inner=key in ("items", "additionalProperties"))
        for key, part in schema.items()
        if not (inner and key == "description")
    }


def test_a_users_program_makes_a_mesh_and_takes_it_away(consumer: Project, plane: ControlPlane) -> None:
    """Previewed, made, unchanged at a second look, changed by one setting, and gone."""
    preview = consumer.run("preview")
    assert preview.code == 0, preview.output
    assert "servicex-mesh:index:Mesh" in preview.output
    assert not plane.exists("/api/v1/namespaces/shop")

    up = consumer.up()
    assert up.code == 0, up.output
    outputs = consumer.outputs()
    assert outputs["hosts"] == ["shop.example.com"]
    assert sorted(outputs["objects"]) == sorted(OBJECTS)
    made = [
        str(row["urn"]).rpartition("::")[2] for row in consumer.resources() if str(row["type"])[:11] == "kubernetes:"
    ]
    assert sorted(made) == sorted(OBJECTS)

    split = plane.call("GET", "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/shop.example.com")
    weights = [part["weight"] for part in split["spec"]["http"][0]["route"]]
    assert weights == [90, 10]
    assert "hush-hush" not in json.dumps(consumer.resources())
    secret = plane.call("GET", "/api/v1/namespaces/istio-ingress/secrets/shop")
    assert base64.b64decode(secret["data"]["tls.key"]) == b"hush-hush"

    again = consumer.unchanged()
    assert again.code == 0, again.output

    consumer.run("config", "set", "replicas", "3")
    changed = consumer.up()
    assert changed.code == 0, changed.output
    assert plane.call("GET", "/apis/apps/v1/namespaces/shop/deployments/shop-v1")["spec"]["replicas"] == 3

    gone = consumer.run("destroy", "--yes", "--skip-preview")
    assert gone.code == 0, gone.output
    assert not consumer.resources()
    assert not plane.exists("/apis/networking.istio.io/v1/namespaces/istio-ingress/gateways/public")
    assert not plane.exists("/api/v1/namespaces/shop")


def test_a_wrong_document_is_one_paragraph(consumer: Project, plane: ControlPlane) -> None:
    """The path, the value and what is allowed, without a traceback; nothing is made."""
    consumer.run("config", "set", "mutualTLS", "STRIKT")
    shown = consumer.up()
    assert shown.code != 0
    told = {line.strip() for line in shown.output.splitlines() if line.strip().startswith("error: ")}
    assert told == {
        "error: servicex-mesh:index:Mesh resource 'mesh' has a problem: document: mesh.mutual_tls: MutualTLS has no value "
        "'STRIKT'. Did you mean STRICT? Allowed: STRICT, PERMISSIVE, DISABLE, UNSET."
    }
    assert "Traceback" not in shown.output
    assert not plane.exists("/api/v1/namespaces/shop")


def test_a_users_program_installs_istio_and_takes_it_away(user: Project, plane: ControlPlane, charts: Path) -> None:
    """Its charts and their objects are the component's, with the given values; unchanged at a second look, and gone."""
    inputs = {"version": "unused", "charts": str(charts), "gatewayService": "ClusterIP"}
    values = {"istiod": {"autoscaleEnabled": False}, "gateway": {"autoscaling": {"enabled": False}}}
    user.write(ISTIO.format(inputs={**inputs, "values": values}))
    up = user.up()
    assert up.code == 0, up.output
    assert user.outputs() == {"host": "istio-ingress.istio-ingress.svc.cluster.local"}
    charts_made = [row for row in user.resources() if row["type"] == "kubernetes:helm.sh/v4:Chart"]
    assert len(charts_made) == 3
    assert all("servicex-mesh:index:Istio$" in str(row["urn"]) for row in charts_made)
    service = plane.call("GET", "/api/v1/namespaces/istio-ingress/services/istio-ingress")
    assert service["spec"]["type"] == "ClusterIP"
    assert not plane.exists("/apis/autoscaling/v2/namespaces/istio-system/horizontalpodautoscalers/istiod")
    again = user.unchanged()
    assert again.code == 0, again.output
    gone = user.run("destroy", "--yes", "--skip-preview")
    assert gone.code == 0, gone.output
    assert not plane.exists("/api/v1/namespaces/istio-system")
