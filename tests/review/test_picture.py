"""The picture of a mesh, and that nothing in a mesh can break it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.review import Review, read, review
from components.review.mermaid import escaped, flowchart
from components.review.picture import MOST_NODES, Graph, Layer, differing
from tests.review.previews import between, document, looked_at

LABEL = re.compile(r"(?:[A-Za-z0-9_ ./:%-]|#\d+;)*\Z")


def _mesh(hosts: int, *, routes: int = 1, services: int = 1) -> Review:
    """That many hosts behind one gateway, each with that many routes over that many services."""
    gateway = document(
        "{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: g, namespace: n}, spec: {servers: []}}"
    )
    made = [gateway]
    for host in range(hosts):
        http = [
            {
                "name": f"r{route}",
                "route": [{"destination": {"host": f"s{(host + route) % services}.n.svc.cluster.local"}}],
            }
            for route in range(routes)
        ]
        made.append(
            {
                "apiVersion": "networking.istio.io/v1",
                "kind": "VirtualService",
                "metadata": {"name": f"v{host}", "namespace": "n"},
                "spec": {"hosts": [f"h{host}.test"], "gateways": ["n/g"], "http": http},
            }
        )
    return review(read(between([], made)), analyse=lambda _, whole: [])


def test_the_picture_has_the_way_of_a_request() -> None:
    """From the gateway by host and route to the versions, with their shares."""
    after = looked_at("update").after
    way = [key for key, node in after.nodes.items() if node.label[0] in ("gateway public", "a.mesh.test", "canary")]
    assert (way[0], way[1]) in after.edges
    assert (way[1], way[2]) in after.edges
    shares = {target: share for (source, target), share in after.edges.items() if source == way[2]}
    assert shares == {"destination:servicex version 200": "75 %", "destination:servicex version 504": "25 %"}


def test_what_is_new_and_what_is_gone_is_drawn_in_its_own_picture() -> None:
    """The removed route before, the added one after; the shares of both on their edges."""
    made = looked_at("update")
    gone, new = differing(made.before, made.after), differing(made.after, made.before)
    assert "route:a.mesh.test only-200" in gone.nodes
    assert "route:a.mesh.test testers" in new.nodes
    assert ("route:a.mesh.test canary", "destination:servicex version 504") in gone.edges & new.edges
    assert "host:b.mesh.test" not in gone.nodes | new.nodes
    assert "linkStyle" in flowchart(made.after, highlighted=new)


def test_a_mesh_that_does_not_change_has_one_picture() -> None:
    """Before and after are alike, down to the last label."""
    made = looked_at("unchanged")
    assert made.before == made.after
    assert made.after.nodes


@pytest.mark.parametrize(
    ("made", "layers"),
    [
        pytest.param(_mesh(5), {*Layer}, id="small"),
        pytest.param(_mesh(5, routes=20), {Layer.GATEWAY, Layer.HOST, Layer.DESTINATION}, id="many-routes"),
        pytest.param(
            _mesh(100, routes=3, services=60), {Layer.GATEWAY, Layer.HOST, Layer.DESTINATION}, id="many-hosts"
        ),
    ],
)
def test_the_picture_is_bounded_and_says_what_it_leaves_out(made: Review, layers: set[Layer]) -> None:
    """First the routes go, then what is more than ten of a kind becomes one node."""
    assert len(made.after.nodes) <= MOST_NODES
    assert {node.layer for node in made.after.nodes.values()} == layers
    assert bool(made.after.folded) == (Layer.ROUTE not in layers)
    assert all({source, target} <= made.after.nodes.keys() for source, target in made.after.edges)


def test_what_is_counted_says_how_many_it_stands_for() -> None:
    """Ten of a hundred hosts are named."""
    labels = [node.label[0] for node in _mesh(100, services=60).after.nodes.values()]
    assert "90 other hosts" in labels
    assert "50 other destinations" in labels


HOSTILE = [
    'a"]',
    "<script>",
    "x|y",
    "end",
    "1. first",
    "- item",
    "`code`",
    "a\nb",
    "%%{init}%%",
    "#quot;",
    "é",
    "[[x]]",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_holds_nothing_that_mermaid_reads(text: str) -> None:
    """Letters and a few signs stay; all else is written as its number."""
    assert LABEL.match(escaped(text))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_a_label(text: str) -> None:
    """And neither begins like a list nor breaks the line."""
    label = escaped(text)
    assert LABEL.match(label)
    assert not re.match(r"(\d+[.)]|[-+*]) ", label)
    assert not re.search(r"#36;#36;|:fa-|%%", label)


def test_a_label_is_never_a_word_of_mermaids() -> None:
    """Nodes have names of our own, and labels stand in quotes."""
    graph = Graph()
    graph.edge(graph.node(Layer.HOST, "end"), graph.node(Layer.ROUTE, "graph"))
    assert flowchart(graph) == 'flowchart LR\n  n0(["end"])\n  n1["graph"]\n  n0 --> n1'


def test_an_empty_mesh_is_drawn_as_one() -> None:
    """Mermaid refuses a chart without a node."""
    assert "nothing yet" in flowchart(Graph())
