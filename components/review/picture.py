"""The mesh as a small graph: gateways, the hosts they serve, the routes of each host, and where these go.

It is bounded: of a mesh that is larger, the routes are left out, then hosts and destinations are counted instead of named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from components.api.kubernetes.deployment import DeploymentSpec
from components.api.networking.gateway import Gateway
from components.api.networking.virtual_service import HTTPRoute, VirtualService
from components.review.doors import doors
from components.review.marking import unmarked, value
from components.review.objects import Key, Side, Sides, full_host
from components.review.requests import taken
from components.review.routes import Route, fault, named_routes, percent, shares
from components.review.running import replicas

MOST_NODES = 40

INSIDE = "mesh"
"""Istio's word for callers inside the mesh."""


class Layer(Enum):
    """From the left to the right."""

    GATEWAY = "gateway"
    HOST = "host"
    ROUTE = "route"
    DESTINATION = "destination"


@dataclass(frozen=True)
class Node:
    """`key` is the same in the pictures before and after; `label` has a line for each thing that is said."""

    key: str
    layer: Layer
    label: tuple[str, ...]


@dataclass
class Graph:
    """Nodes by key, and edges with what they are labelled with."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str], str] = field(default_factory=dict)
    folded: str = ""
    """What is left out of it; empty when nothing is."""

    def node(self, layer: Layer, key: str, *label: str) -> str:
        full = f"{layer.value}:{key}"
        self.nodes.setdefault(full, Node(full, layer, tuple(unmarked(value(line)) for line in label or (key,))))
        return full

    def edge(self, source: str, target: str, label: str = "") -> None:
        if source != target:
            self.edges.setdefault((source, target), label)


def graphs(sides: Sides) -> tuple[Graph, Graph]:
    """Before and after, both folded as far as the larger one needs."""
    before, after = (_drawn(side, sides) for side in (sides.before, sides.after))
    if _size(before, after) <= MOST_NODES:
        return before, after
    before, after = _without_routes(before), _without_routes(after)
    if _size(before, after) > MOST_NODES:
        before, after = _counted(before), _counted(after)
    return before, after


@dataclass(frozen=True)
class Differing:
    """What of one picture the other has not, or says something else of."""

    nodes: frozenset[str] = frozenset()
    edges: frozenset[tuple[str, str]] = frozenset()


def differing(one: Graph, other: Graph) -> Differing:
    """Of `one`, compared with `other`."""
    return Differing(
        nodes=frozenset(key for key, node in one.nodes.items() if other.nodes.get(key) != node),
        edges=frozenset(edge for edge, label in one.edges.items() if other.edges.get(edge) != label),
    )


def _drawn(side: Side, names: Sides) -> Graph:
    graph = Graph()
    pods = _pods(side)
    for key, gateway in side.specs(Gateway):
        ports = [f"port {door.number} {door.protocol}" for door in doors(gateway)]
        graph.node(Layer.GATEWAY, f"{key.namespace}/{key.name}", f"gateway {key.name}", *ports)
    for key, service in side.specs(VirtualService):
        hosts = [full_host(host, key.namespace) for host in service.hosts] or [f"delegate {key.namespace}/{key.name}"]
        for host in hosts:
            target = graph.node(Layer.HOST, host, names.app(host))
            for gateway_name in service.gateways or (INSIDE,):
                graph.edge(_entrance(graph, gateway_name, key), target)
            for name, route in named_routes(service).items():
                _route(graph, target, f"{host} {name}", name, route, key, names, pods)
    return graph


def _route(
    graph: Graph, host: str, key: str, name: str, route: Route, owner: Key, names: Sides, pods: dict[str, int]
) -> None:
    faults = _faults(route) if isinstance(route, HTTPRoute) else ()
    node = graph.node(Layer.ROUTE, key, name, unmarked(taken(route)), *faults)
    graph.edge(host, node)
    for share in shares(route, owner, names):
        plain = unmarked(share.to)
        count = pods.get(plain)
        counted = (f"{count} {'pod' if count == 1 else 'pods'}",) if count is not None else ()
        graph.edge(node, graph.node(Layer.DESTINATION, plain, plain, *counted), percent(share.percent))


def _faults(route: HTTPRoute) -> tuple[str, ...]:
    said = []
    for word in ("abort", "delay"):
        if told := fault(route.fault, word):
            said.append(f"{word} {unmarked(told)}")
    if route.redirect is not None:
        said.append("redirect")
    if route.direct_response is not None:
        said.append(f"answers {route.direct_response.status}")
    return tuple(said)


def _entrance(graph: Graph, name: str, key: Key) -> str:
    if name == INSIDE:
        return graph.node(Layer.GATEWAY, INSIDE, "callers inside the mesh")
    full = name if "/" in name else f"{key.namespace}/{name}"
    return graph.node(Layer.GATEWAY, full, f"gateway {full.partition('/')[2]}")


def _pods(side: Side) -> dict[str, int]:
    """Pods by `app version V`, as destinations are called."""
    found: dict[str, int] = {}
    for _, spec in side.specs(DeploymentSpec):
        labels = spec.template.metadata.labels if spec.template and spec.template.metadata else {}
        if labels.get("app") and labels.get("version"):
            name = f"{labels['app']} version {labels['version']}"
            found[name] = found.get(name, 0) + replicas(spec)
    return found


def _without_routes(graph: Graph) -> Graph:
    """Hosts lead straight to services: neither routes nor versions."""
    smaller = Graph(folded="routes and versions are left out of the picture, for the mesh has more than fits in one")
    for key, node in graph.nodes.items():
        if node.layer in (Layer.GATEWAY, Layer.HOST):
            smaller.nodes[key] = node
        elif node.layer is Layer.DESTINATION:
            service = _service(key)
            smaller.node(Layer.DESTINATION, service, service)
    above = {target: source for source, target in graph.edges if graph.nodes[target].layer is Layer.ROUTE}
    for source, target in graph.edges:
        if graph.nodes[target].layer is Layer.DESTINATION:
            smaller.edge(above.get(source, source), f"{Layer.DESTINATION.value}:{_service(target)}")
        elif graph.nodes[target].layer is Layer.HOST:
            smaller.edge(source, target)
    return smaller


def _service(key: str) -> str:
    return key.removeprefix(f"{Layer.DESTINATION.value}:").partition(" ")[0]


def _counted(graph: Graph) -> Graph:
    """The first hosts and services that fit, and one node for the others of each."""
    room = MOST_NODES // 4
    smaller, fold = Graph(), {}
    for layer in (Layer.GATEWAY, Layer.HOST, Layer.DESTINATION):
        of_layer = [node for node in graph.nodes.values() if node.layer is layer]
        for node in of_layer[:room]:
            smaller.nodes[node.key] = node
            fold[node.key] = node.key
        rest = of_layer[room:]
        if rest:
            other = smaller.node(layer, "others", f"{len(rest)} other {layer.value}s")
            fold |= {node.key: other for node in rest}
    for (source, target), label in graph.edges.items():
        smaller.edge(fold[source], fold[target], label)
    smaller.folded = f"{graph.folded}; of gateways, hosts and services, the first {room} each are shown"
    return smaller


def _size(*drawn: Graph) -> int:
    return max(len(graph.nodes) for graph in drawn)
