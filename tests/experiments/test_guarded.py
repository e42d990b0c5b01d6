"""What is planned for a mesh with rules of security, telemetry and scope."""

from __future__ import annotations

import pytest

from components.experiments.entrance import PlainText
from components.experiments.experiment import Unmeasured
from components.experiments.plan import plan
from components.experiments.route import RouteExperiment
from components.manifests import documents
from components.manifests.names import ROOT_NAMESPACE
from components.model import (
    Access,
    Action,
    Callers,
    DenyByDefault,
    Gateway,
    Mesh,
    MutualTLS,
    MutualTLSRule,
    Namespace,
    PathPrefix,
    Requests,
    Route,
    VirtualService,
    WholeMesh,
    Workload,
)
from components.model.access import AccessRule
from tests.example_guarded_mesh import guarded_mesh

from .meshes import ENTRANCES

SHOP = Workload("shop", namespace="shop", port=8000)
PUBLIC = Gateway("public", hosts=["a.mesh.test"])
ENTERED = Access("entered", of=SHOP, callers=Callers(identities=[PUBLIC.identity]))
NO_ADMIN = Access("no-admin", of=SHOP, action=Action.DENY, requests=Requests(paths=[PathPrefix("/admin")]))


def mesh_with(*access: AccessRule) -> Mesh:
    """A route at the gateway and one inside, and these access rules."""
    routes = [
        VirtualService(PUBLIC.host("a.mesh.test"), [Route("out", to=SHOP)]),
        VirtualService(SHOP, [Route("in", to=SHOP)]),
    ]
    return Mesh(versions=[SHOP.version("one")], virtual_services=routes, access=access)


@pytest.mark.parametrize(
    ("access", "measured"),
    [
        pytest.param([], {"out", "in"}, id="no rule"),
        pytest.param([DenyByDefault(Namespace("shop"))], set(), id="deny by default alone"),
        pytest.param([DenyByDefault(Namespace("shop")), ENTERED], {"out"}, id="deny by default, the gateway let in"),
        pytest.param([ENTERED], {"out"}, id="only the gateway let in"),
        pytest.param([Access("all", of=SHOP)], {"out", "in"}, id="everybody let in"),
        pytest.param([ENTERED, NO_ADMIN], set(), id="a denial that may fit"),
        pytest.param([Access("audit", of=SHOP, action=Action.AUDIT)], {"out", "in"}, id="an audit refuses nobody"),
        pytest.param([DenyByDefault(WholeMesh()), Access("all", of=SHOP)], {"in"}, id="gateways closed"),
        pytest.param([Access("hosts", of=PUBLIC)], {"in"}, id="a rule at the gateway"),
    ],
)
def test_a_route_is_measured_only_where_no_rule_may_refuse_it(access: list[AccessRule], measured: set[str]) -> None:
    """A 403 that is as declared must not count against the route: its row says which rule decides."""
    planned = plan(mesh_with(*access), ENTRANCES, false_alarms=0.001).experiments
    assert {each.route.name for each in planned if isinstance(each, RouteExperiment)} == measured
    rows = {each.what: each.why for each in planned if isinstance(each, Unmeasured)}
    assert all("decides who is answered" in rows[name] for name in {"out", "in"} - measured)


def test_plain_text_is_asked_for_what_holds_for_each_workload() -> None:
    """A rule of the namespace changes what a caller without proxy should see there."""
    front = Workload("front", namespace="front", port=8000)
    mesh = Mesh(
        versions=[SHOP.version("one"), front.version("one")],
        mutual_tls_rules=[MutualTLSRule(Namespace("front"), MutualTLS.PERMISSIVE)],
    )
    asked = {
        e.workload.name: e.mutual_tls
        for e in plan(mesh, ENTRANCES, false_alarms=0.001).experiments
        if isinstance(e, PlainText)
    }
    assert asked == {"shop": MutualTLS.STRICT, "front": MutualTLS.PERMISSIVE}


def test_plain_text_is_not_asked_for_where_the_cluster_decides() -> None:
    """The mesh says nothing of it, so its row says so; and its documents hold nothing of the whole mesh."""
    mesh = Mesh(versions=[SHOP.version("one")], mutual_tls=MutualTLS.UNSET)
    experiments = plan(mesh, ENTRANCES, false_alarms=0.001).experiments
    assert not [each for each in experiments if isinstance(each, PlainText)]
    (row,) = (each for each in experiments if isinstance(each, Unmeasured))
    assert (row.subject, row.declared) == ("shop", "UNSET")
    assert not [each for each in documents(mesh) if each.metadata.namespace == ROOT_NAMESPACE]


def test_every_rule_has_a_row_that_says_that_it_is_not_measured_yet() -> None:
    """Declared and not measured is "could not tell", never left out."""
    planned = plan(guarded_mesh(), ENTRANCES, false_alarms=0.001).experiments
    rows = {(row.subject, row.what): row.declared for row in planned if isinstance(row, Unmeasured)}
    assert rows["workload 'front'", "mutual TLS on port 9090"] == "PERMISSIVE"
    assert rows["namespace 'shop'", "access: deny-by-default"] == "refused unless allowed"
    assert rows["gateway 'public'", "access: ask"] == "as judge says"
    assert rows["workload 'shop'", "access: token-needed"] == "a good token"
    assert rows["workload 'shop'", "tokens: tokens"] == "https://login.test, partner"
    assert rows["the whole mesh", "telemetry"] == "access logs, tracing, metrics"
    assert rows["workload 'stock'", "dependencies"] == "nothing"
    assert rows["workload 'shop'", "exported to"] == "front"
