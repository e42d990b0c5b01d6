"""What routes of connections, destinations outside and the egress gateway become."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from components.api import decode, encode
from components.experiments.plan import plan
from components.manifests import documents
from components.model import Dependency, Mesh
from components.model.document import decode as decode_mesh
from components.model.document import encode as encode_mesh
from tests.example_connections import BANK, FRONT, MESHES, VERSIONS, connections_mesh, egress_mesh, outside_mesh
from tests.experiments.meshes import ENTRANCES
from tests.manifests.written import require_golden, spec

KINDS = ("DestinationRule", "Gateway", "Service", "VirtualService")

rows = pytest.mark.parametrize(("row", "make"), MESHES.items(), ids=MESHES.keys())


@rows
def test_a_row_becomes_the_documents_of_its_golden_file(row: str, make: Callable[[], Mesh]) -> None:
    """Rewrite them with `REWRITE_GOLDEN=1 pytest tests/manifests`, and read the difference."""
    require_golden(row, make(), KINDS)


@rows
def test_every_document_of_a_row_is_read_back_as_it_was(row: str, make: Callable[[], Mesh]) -> None:
    """No field is misspelt, none is of a wrong type, and no two are one object."""
    made = list(documents(make()))
    for document in made:
        assert encode(decode(encode(document))) == encode(document), row
    names = [(d.kind, d.metadata.namespace, d.metadata.name) for d in made]
    assert len(names) == len(set(names))


@rows
def test_a_row_survives_its_form_as_plain_data(row: str, make: Callable[[], Mesh]) -> None:
    """What a stack exports is what its experiments read."""
    assert decode_mesh(json.loads(json.dumps(encode_mesh(make())))) == make(), row


@rows
def test_no_request_is_sent_to_what_is_not_http_or_not_in_the_cluster(row: str, make: Callable[[], Mesh]) -> None:
    """All that the experiments would send is for the workload `front`, from inside or by the gateway."""
    planned = plan(make(), ENTRANCES, false_alarms=0.001)
    requests = [getattr(experiment, "request", None) for experiment in planned.experiments]
    assert {request.origin for request in requests if request} <= {ENTRANCES.of(FRONT), ENTRANCES.gateway}, row


def test_a_tls_route_matches_the_name_of_its_host() -> None:
    """A virtual service's TLS match may name its own hosts only, or istiod refuses it."""
    routed = spec(connections_mesh(), "VirtualService", "vault.mesh.test")
    assert routed["tls"][0]["match"] == [{"sniHosts": routed["hosts"]}]


def test_a_tcp_port_of_the_gateway_takes_any_host_at_that_port() -> None:
    """Connections name no host, and the port tells two TCP servers apart."""
    routed = spec(connections_mesh(), "VirtualService", "public.9093")
    assert (routed["hosts"], routed["tcp"][0]["match"]) == (["*"], [{"port": 9093}])


def test_a_workload_that_is_not_http_is_probed_by_connecting() -> None:
    """A TLS or TCP program answers no HTTP health check."""
    (container,) = spec(connections_mesh(), "Deployment", "queue-one")["template"]["spec"]["containers"]
    assert container["readinessProbe"] == {"tcpSocket": {"port": "tcp"}, "periodSeconds": 2}


def test_a_retry_budget_stands_beside_a_connection_pool() -> None:
    """istiod writes the budget into Envoy together with the pool's limits, and drops it where the rule has no pool."""
    policy = spec(connections_mesh(), "DestinationRule", "front")["trafficPolicy"]
    assert policy["retryBudget"] == {"percent": 10.0, "minRetryConcurrency": 5, "budgetInterval": "1s"}
    assert policy["connectionPool"] == {"http": {"maxRetries": 2147483647}}


def test_requests_leave_by_mutual_tls_and_tls_by_its_own_name() -> None:
    """The gateway's two ports: one for the mesh's TLS, where each host is an SNI, one for TLS that passes through."""
    servers = {server["port"]["name"]: server for server in spec(egress_mesh(), "Gateway", "out")["servers"]}
    modes = {name: (server["port"]["number"], server["tls"]["mode"]) for name, server in servers.items()}
    assert modes == {
        "https-bank": (8443, "ISTIO_MUTUAL"),
        "tls-bank": (443, "PASSTHROUGH"),
        "https-mail": (8443, "ISTIO_MUTUAL"),
    }


def test_a_declared_route_of_a_host_that_leaves_by_the_gateway_is_the_gateways() -> None:
    """Its timeout is counted there, once, and the callers' proxies only lead there."""
    onward = spec(egress_mesh(), "VirtualService", "mail.example.com.egress")
    first = spec(egress_mesh(), "VirtualService", "mail.example.com")
    assert (onward["gateways"], onward["http"][0]["timeout"]) == (["istio-egress/out"], "2s")
    assert (first["gateways"], "timeout" in first["http"][0]) == (["mesh"], False)


def test_routes_of_requests_leave_the_tls_port_its_way_on() -> None:
    """Without one the gateway would have no listener there, and close every connection."""
    onward = spec(egress_mesh(), "VirtualService", "bank.example.com.egress")
    (passed,) = onward["tls"]
    assert passed["match"] == [{"sniHosts": ["bank.example.com"], "port": 443}]
    assert passed["route"] == [{"destination": {"host": "bank.example.com", "port": {"number": 443}}}]
    assert onward["http"][0]["name"] == "all"


def test_a_caller_with_dependencies_knows_the_gateway_that_its_calls_leave_by() -> None:
    """Its proxy would answer 502 or 503 for a gateway it was not told of."""
    whole = egress_mesh()
    mesh = Mesh(
        versions=VERSIONS,
        external_services=whole.external_services,
        egress_gateway=whole.egress_gateway,
        dependencies=[Dependency(FRONT, on=[BANK])],
    )
    (egress,) = spec(mesh, "Sidecar", "front")["egress"]
    assert "istio-egress/istio-egress.istio-egress.svc.cluster.local" in egress["hosts"]


def test_a_host_outside_has_no_subset_and_keeps_its_port() -> None:
    """There are no versions of what somebody else runs."""
    routed = spec(outside_mesh(), "VirtualService", "a.mesh.test")["http"][0]
    assert routed["route"] == [{"destination": {"host": "bank.example.com", "port": {"number": 80}}}]
    assert routed["rewrite"] == {"authority": "bank.example.com"}
