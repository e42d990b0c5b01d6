"""What policies, gateways and services outside become."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.api import decode, encode
from components.manifests import documents
from components.model import Mesh
from tests.example_policies import MESHES, balancing_mesh, gateways_mesh, resilience_mesh
from tests.manifests.written import require_golden, spec

KINDS = ("DestinationRule", "Gateway", "ServiceEntry", "Certificate", "VirtualService")

rows = pytest.mark.parametrize(("row", "make"), MESHES.items(), ids=MESHES.keys())


@rows
def test_a_row_becomes_the_documents_of_its_golden_file(row: str, make: Callable[[], Mesh]) -> None:
    """Rewrite them with `REWRITE_GOLDEN=1 pytest tests/manifests`, and read the difference."""
    require_golden(row, make(), KINDS)


@rows
def test_every_document_of_a_row_is_read_back_as_it_was(row: str, make: Callable[[], Mesh]) -> None:
    """No field is misspelt, none is of a wrong type."""
    for document in documents(make()):
        assert encode(decode(encode(document))) == encode(document), row


def test_a_port_keeps_what_it_does_not_change() -> None:
    """Istio gives a port nothing of the policy around it, so the breaker stands on the port too."""
    whole = spec(balancing_mesh(), "DestinationRule", "shop")["trafficPolicy"]
    (port,) = whole["portLevelSettings"]
    assert port["connectionPool"] == whole["connectionPool"]
    assert port["outlierDetection"] == whole["outlierDetection"]
    assert port["loadBalancer"]["simple"] == "ROUND_ROBIN"
    assert whole["loadBalancer"]["simple"] == "LEAST_REQUEST"


def test_a_subset_keeps_what_it_does_not_change_on_every_port() -> None:
    """A subset's balancer wins over the workload's port, and the port's other settings stay."""
    subsets = spec(balancing_mesh(), "DestinationRule", "shop")["subsets"]
    named = {subset["name"]: subset.get("trafficPolicy") for subset in subsets}
    (port,) = named["by-query"]["portLevelSettings"]
    assert port["loadBalancer"]["consistentHash"]["httpQueryParameterName"] == "user"
    assert port["connectionPool"] == {"tcp": {"maxConnections": 10}}
    assert "outlierDetection" in port
    assert named["old"] is None


def test_a_subset_that_limits_connections_keeps_the_workloads_ejection() -> None:
    """Limits and ejection are two settings to Istio, so one of a subset's own leaves the other as it is."""
    subsets = spec(balancing_mesh(), "DestinationRule", "shop")["subsets"]
    small = next(subset["trafficPolicy"] for subset in subsets if subset["name"] == "small")
    assert small["connectionPool"] == {"tcp": {"maxConnections": 1}}
    assert small["outlierDetection"]["consecutiveGatewayErrors"] == 5
    (port,) = small["portLevelSettings"]
    assert (port["loadBalancer"], port["connectionPool"]) == ({"simple": "LEAST_REQUEST"}, small["connectionPool"])


def test_failures_to_connect_are_counted_apart_only_when_asked() -> None:
    """The count without the split is refused by istiod."""
    ejection = spec(resilience_mesh(), "DestinationRule", "bank")["trafficPolicy"]["outlierDetection"]
    assert (ejection["splitExternalLocalOriginErrors"], ejection["consecutiveLocalOriginFailures"]) == (True, 3)
    assert ejection["consecutive5xxErrors"] == 0


def test_a_gateways_ports_have_names_of_their_own() -> None:
    """Istio refuses two of one name."""
    servers = spec(gateways_mesh(), "Gateway", "public")["servers"]
    names = [server["port"]["name"] for server in servers]
    assert len(set(names)) == len(names) == 6


def test_a_rule_of_a_host_outside_originates_tls_on_its_port_with_the_breaker() -> None:
    """The HTTP port gets TLS and keeps the ejection; the TLS port, which the program speaks itself, gets none."""
    policy = spec(gateways_mesh(), "DestinationRule", "api.example.com")["trafficPolicy"]
    (port,) = policy["portLevelSettings"]
    assert port["tls"] == {"mode": "SIMPLE", "sni": "api.example.com"}
    assert port["outlierDetection"] == policy["outlierDetection"]
    assert "tls" not in policy


def test_no_document_holds_a_key() -> None:
    """A given certificate is referred to by its Secret's name; the Secret is no document."""
    assert not [document for document in documents(gateways_mesh()) if document.kind == "Secret"]
