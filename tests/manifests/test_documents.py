"""What a declared mesh becomes, document by document."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.api import decode, encode
from components.manifests import documents
from components.manifests.istio import REPOSITORY, chart_source, chart_values
from components.model import Mesh
from tests.example_mesh import mesh_with_everything

GOLDEN = Path(__file__).with_name("golden") / "everything.yaml"


@pytest.fixture(name="mesh")
def _mesh() -> Mesh:
    return mesh_with_everything()


def test_everything_becomes_the_documents_of_the_golden_file(mesh: Mesh) -> None:
    """Rewrite it with `REWRITE_GOLDEN=1 pytest tests/manifests`, and read the difference."""
    written = yaml.safe_dump_all((encode(document) for document in documents(mesh)), sort_keys=False, width=120)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(written)
    assert written == GOLDEN.read_text()


def test_every_document_is_read_back_as_it_was(mesh: Mesh) -> None:
    """What is written decodes to what was encoded: no field is misspelt, none is of a wrong type."""
    for document in documents(mesh):
        assert encode(decode(encode(document))) == encode(document)


def test_a_group_names_nothing_that_a_later_group_makes(mesh: Mesh) -> None:
    """Every subset that a route uses is in a destination rule, and every gateway it names is there."""
    groups = documents(mesh)
    subsets = {(rule.spec.host, subset.name) for rule in groups.destination_rules for subset in rule.spec.subsets}  # type: ignore[attr-defined]
    gateways = {f"{gateway.metadata.namespace}/{gateway.metadata.name}" for gateway in groups.gateways} | {"mesh"}
    for service in groups.virtual_services:
        spec = service.spec  # type: ignore[attr-defined]
        assert set(spec.gateways) <= gateways
        for route in spec.http:
            for part in route.route:
                assert part.destination.subset is None or (part.destination.host, part.destination.subset) in subsets


def test_a_subset_of_its_own_policy_keeps_the_workloads_breaker(mesh: Mesh) -> None:
    """The sticky subset changes the load balancer; connection pool and outlier detection are written out beside it."""
    (rule,) = documents(mesh).destination_rules
    parent = encode(rule)["spec"]["trafficPolicy"]
    sticky = next(subset for subset in encode(rule)["spec"]["subsets"] if subset["name"] == "sticky")["trafficPolicy"]
    assert sticky["outlierDetection"] == parent["outlierDetection"]
    assert sticky["connectionPool"] == parent["connectionPool"]
    assert "consistentHash" in sticky["loadBalancer"]


def test_no_document_has_an_empty_map_or_list(mesh: Mesh) -> None:
    """The API server drops them, and every preview would want them back."""

    def empties(value: object, path: str = "") -> list[str]:
        if isinstance(value, dict):
            inner = [found for key, part in value.items() for found in empties(part, f"{path}.{key}")]
            return inner if value else [path]
        if isinstance(value, list):
            inner = [found for index, part in enumerate(value) for found in empties(part, f"{path}[{index}]")]
            return inner if value else [path]
        return []

    assert [found for document in documents(mesh) for found in empties(encode(document))] == []


def test_a_chart_comes_from_a_folder_or_from_istios_repository() -> None:
    """A folder needs no version and asks nobody."""
    folder = chart_source("istiod", version="1.31.1", folder="/charts")
    assert (folder.chart, folder.version, folder.repository) == ("/charts/istio-control/istio-discovery", None, None)
    published = chart_source("gateway", version="1.31.1", folder="")
    assert (published.chart, published.version, published.repository) == ("gateway", "1.31.1", REPOSITORY)


@pytest.mark.parametrize("chart", ["base", "istiod"])
def test_both_charts_with_a_webhook_fail_closed(chart: str) -> None:
    """One of them alone is not enough: each carries a webhook of its own."""
    assert chart_values(chart, gateway_service="NodePort") == {"base": {"validationFailurePolicy": "Fail"}}


def test_the_egress_gateway_is_the_gateways_chart_once_more() -> None:
    """Under a name of its own, with the ports by which calls leave, and no address outside."""
    assert chart_source("egress", version="1.31.1", folder="").chart == "gateway"
    service: Any = chart_values("egress", gateway_service="LoadBalancer")["service"]
    assert service["type"] == "ClusterIP"
    assert {port["port"]: port["targetPort"] for port in service["ports"]} == {15021: 15021, 443: 443, 8443: 8443}
