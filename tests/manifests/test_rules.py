"""What security, telemetry and scope become, document by document."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from components.api import decode, encode
from components.manifests import documents
from components.model import (
    Access,
    Action,
    CircuitBreaker,
    ConnectionPool,
    DenyByDefault,
    Dependency,
    Export,
    ExternalPort,
    ExternalService,
    Gateway,
    Issuer,
    Mesh,
    Mirror,
    MutualTLS,
    MutualTLSRule,
    Namespace,
    Passthrough,
    PathPrefix,
    RequestAuthentication,
    Requests,
    RequireJWT,
    RoundRobin,
    Route,
    Subset,
    TrafficPolicy,
    VirtualService,
    WholeMesh,
    Workload,
)
from components.model.document import decode as decode_mesh
from components.model.document import encode as encode_mesh
from tests.example_guarded_mesh import JWKS, guarded_mesh

GOLDEN = Path(__file__).with_name("golden") / "rules.yaml"
PLAIN_KINDS = ("Namespace", "ServiceAccount", "Deployment")

SHOP = Workload("shop", namespace="shop", port=8000)
STOCK = Workload("stock", namespace="stock", port=8000)
FRONT = Workload("front", namespace="front", port=8000)
VERSIONS = [SHOP.version("one"), STOCK.version("one"), FRONT.version("one")]
PUBLIC = Gateway("public", hosts=["a.mesh.test"])


def specs(mesh: Mesh, kind: str) -> dict[str, dict[str, object]]:
    """The specs of a kind, by namespace and name."""
    found = [encode(document) for document in documents(mesh) if document.kind == kind]
    return {f"{each['metadata']['namespace']}/{each['metadata']['name']}": each["spec"] for each in found}


def egress(mesh: Mesh) -> object:
    """The hosts of the mesh's one Sidecar."""
    (spec,) = specs(mesh, "Sidecar").values()
    return spec["egress"][0]["hosts"]  # type: ignore[index]


def test_the_guarded_mesh_becomes_the_documents_of_the_golden_file() -> None:
    """Rewrite it with `REWRITE_GOLDEN=1 pytest tests/manifests`, and read the difference."""
    wanted = [document for document in documents(guarded_mesh()) if document.kind not in PLAIN_KINDS]
    written = yaml.safe_dump_all((encode(document) for document in wanted), sort_keys=False, width=120)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(written)
    assert written == GOLDEN.read_text()


def test_every_document_is_read_back_as_it_was() -> None:
    """What is written decodes to what was encoded: no field is misspelt, none is of a wrong type."""
    for document in documents(guarded_mesh()):
        assert encode(decode(encode(document))) == encode(document)


def test_the_mesh_survives_its_form_as_plain_data() -> None:
    """Identities, places and rules are the same objects after a stack's output is read."""
    assert decode_mesh(encode_mesh(guarded_mesh())) == guarded_mesh()


@pytest.mark.parametrize(
    ("place", "key", "selector"),
    [
        pytest.param(WholeMesh(), "istio-system/a", None, id="the mesh is the root namespace"),
        pytest.param(Namespace("shop"), "shop/a", None, id="a namespace has no selector"),
        pytest.param(SHOP, "shop/a", {"matchLabels": {"app": "shop"}}, id="a workload is its label"),
        pytest.param(PUBLIC, "istio-ingress/a", {"matchLabels": {"istio": "ingress"}}, id="a gateway is its pods"),
    ],
)
def test_a_place_becomes_a_namespace_and_a_selector(
    place: WholeMesh | Namespace | Workload | Gateway, key: str, selector: object
) -> None:
    """The object must be where Istio looks for it."""
    policies = specs(Mesh(versions=VERSIONS, access=[Access("a", of=place)]), "AuthorizationPolicy")
    assert policies[key].get("selector") == selector


def test_deny_by_default_is_an_allow_without_rules() -> None:
    """A DENY with no rule would deny nothing, and one with an empty rule would deny what is allowed, too."""
    mesh = Mesh(versions=VERSIONS, access=[DenyByDefault(Namespace("shop"))])
    assert specs(mesh, "AuthorizationPolicy") == {"shop/deny-by-default": {"action": "ALLOW"}}


def test_a_rule_about_everything_has_one_empty_rule() -> None:
    """No rule at all would be about nothing."""
    mesh = Mesh(versions=VERSIONS, access=[Access("all", of=SHOP)])
    assert specs(mesh, "AuthorizationPolicy")["shop/all"]["rules"] == [{}]


def test_a_rule_at_a_gateway_is_about_its_hosts_only() -> None:
    """All gateways have the same pods; a host is compared with and without a port after it."""
    mesh = Mesh(versions=VERSIONS, access=[Access("a", of=PUBLIC, action=Action.DENY)])
    rules = specs(mesh, "AuthorizationPolicy")["istio-ingress/a"]["rules"]
    assert rules == [{"to": [{"operation": {"hosts": ["a.mesh.test", "a.mesh.test:*"]}}]}]


def test_a_needed_token_is_a_denial() -> None:
    """An ALLOW for tokens would let pass what another ALLOW takes without one."""
    tokens = RequestAuthentication("tokens", of=SHOP, issuers=[Issuer("me", jwks=JWKS)])
    needed = RequireJWT("needed", by=tokens, requests=Requests(paths=[PathPrefix("/private")]))
    mesh = Mesh(versions=VERSIONS, authentications=[tokens], access=[needed])
    spec = specs(mesh, "AuthorizationPolicy")["shop/needed"]
    assert spec["action"] == "DENY"
    assert spec["rules"] == [
        {
            "from": [{"source": {"notRequestPrincipals": ["me/*"]}}],
            "to": [{"operation": {"paths": ["/private*"]}}],
        }
    ]


@pytest.mark.parametrize(
    ("rules", "balanced", "mode"),
    [
        pytest.param([], None, None, id="left alone where the mesh is STRICT"),
        pytest.param(
            [MutualTLSRule(SHOP, MutualTLS.DISABLE)], None, None, id="left alone where a workload has DISABLE"
        ),
        pytest.param(
            [MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE)],
            None,
            None,
            id="left alone where a namespace has DISABLE",
        ),
        pytest.param(
            [MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE), MutualTLSRule(SHOP, MutualTLS.STRICT)],
            None,
            "ISTIO_MUTUAL",
            id="asked for where a workload is stricter than its namespace's DISABLE",
        ),
        pytest.param(
            [MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE), MutualTLSRule(SHOP, ports={8000: MutualTLS.STRICT})],
            None,
            "ISTIO_MUTUAL",
            id="asked for where its port is",
        ),
        pytest.param(
            [MutualTLSRule(SHOP, MutualTLS.DISABLE)],
            Passthrough(),
            "DISABLE",
            id="switched off where pass-through hides that a workload has DISABLE",
        ),
    ],
)
def test_callers_are_told_of_mutual_tls_where_they_would_not_find_out(
    rules: list[MutualTLSRule], balanced: Passthrough | None, mode: str | None
) -> None:
    """Everywhere else Istio finds out by itself, and a mode in a DestinationRule could only contradict it."""
    policies = [TrafficPolicy(SHOP, load_balancer=balanced)] if balanced else []
    mesh = Mesh(versions=VERSIONS, policies=policies, mutual_tls_rules=rules)
    policy = specs(mesh, "DestinationRule")["shop/shop"].get("trafficPolicy") or {}
    assert policy.get("tls") == ({"mode": mode} if mode else None)  # type: ignore[attr-defined]


def test_a_subset_with_a_policy_of_its_own_keeps_mutual_tls() -> None:
    """Its policy stands instead of the workload's."""
    breaker = CircuitBreaker(connection_pool=ConnectionPool(max_connections=1))
    own = Subset("own", of=VERSIONS[0], load_balancer=RoundRobin())
    mesh = Mesh(
        versions=VERSIONS,
        virtual_services=[VirtualService(SHOP, [Route("all", to=own)])],
        policies=[TrafficPolicy(SHOP, circuit_breaker=breaker)],
        mutual_tls_rules=[
            MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE),
            MutualTLSRule(SHOP, MutualTLS.STRICT),
        ],
    )
    rule = specs(mesh, "DestinationRule")["shop/shop"]
    assert rule["subsets"][1]["trafficPolicy"]["tls"] == {"mode": "ISTIO_MUTUAL"}  # type: ignore[index]


def test_a_proxy_is_told_of_what_its_dependencies_routes_lead_to() -> None:
    """front calls shop, whose route sends to stock and copies to front: without stock, that route would answer 503."""
    routes = [
        Route("stock", when=PathPrefix("/stock"), to=STOCK, mirror=[Mirror(FRONT)]),
        Route("shop", to=SHOP),
    ]
    mesh = Mesh(
        versions=VERSIONS,
        virtual_services=[VirtualService(SHOP, routes)],
        dependencies=[Dependency(FRONT, on=[SHOP])],
    )
    assert egress(mesh) == [
        "shop/shop.shop.svc.cluster.local",
        "stock/stock.stock.svc.cluster.local",
        "front/front.front.svc.cluster.local",
        "istio-system/*",
    ]


def test_a_route_of_a_gateway_tells_a_proxy_nothing() -> None:
    """What a gateway's route leads to, only the gateway calls."""
    at_gateway = VirtualService(PUBLIC.host("a.mesh.test"), [Route("stock", to=STOCK)])
    mesh = Mesh(versions=VERSIONS, virtual_services=[at_gateway], dependencies=[Dependency(FRONT, on=[SHOP])])
    assert egress(mesh) == ["shop/shop.shop.svc.cluster.local", "istio-system/*"]


def test_a_namespace_is_told_whole_and_once() -> None:
    """istiod warns of a host that a namespace's star covers as well."""
    mesh = Mesh(versions=VERSIONS, dependencies=[Dependency(FRONT, on=[Namespace("shop"), STOCK])])
    assert egress(mesh) == ["shop/*", "stock/stock.stock.svc.cluster.local", "istio-system/*"]


def test_a_service_outside_is_told_by_its_host() -> None:
    """Hosts of a ServiceEntry stand in the namespace that declares it."""
    outside = ExternalService("outside", namespace="shop", hosts=["api.test"], ports=[ExternalPort(80)])
    mesh = Mesh(versions=VERSIONS, external_services=[outside], dependencies=[Dependency(FRONT, on=[outside])])
    assert egress(mesh) == ["shop/api.test", "istio-system/*"]


def test_who_calls_nobody_is_told_of_nobody() -> None:
    """An egress without hosts would be refused."""
    assert egress(Mesh(versions=VERSIONS, dependencies=[Dependency(FRONT, on=[])])) == ["~/*"]


def test_an_exported_workload_is_still_known_to_the_gateway_that_routes_to_it() -> None:
    """A gateway that is not told of a workload answers 503."""
    mesh = Mesh(
        versions=VERSIONS,
        virtual_services=[
            VirtualService(PUBLIC.host("a.mesh.test"), [Route("shop", to=SHOP)]),
            VirtualService(SHOP, [Route("in-mesh", to=SHOP)]),
        ],
        exports=[Export(SHOP, to=[Namespace("front")]), Export(STOCK)],
    )
    service = next(d for d in documents(mesh).services[SHOP] if d.kind == "Service")
    assert service.metadata.annotations == {"networking.istio.io/exportTo": "shop,front,istio-ingress"}
    assert specs(mesh, "DestinationRule")["shop/shop"]["exportTo"] == ["shop", "front", "istio-ingress"]
    assert specs(mesh, "DestinationRule")["stock/stock"]["exportTo"] == ["stock"]
    assert specs(mesh, "VirtualService")["shop/shop"]["exportTo"] == ["shop", "front", "istio-ingress"]
    assert "exportTo" not in specs(mesh, "VirtualService")["shop/a.mesh.test"]
