"""The whole change of a mesh in words: each object by the phrases of its kind, or field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from components.api import JSON
from components.api.kubernetes.deployment import DeploymentSpec
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.gateway import Gateway
from components.api.networking.virtual_service import VirtualService
from components.api.security.authorization_policy import AuthorizationPolicy
from components.api.security.peer_authentication import PeerAuthentication
from components.api.security.request_authentication import RequestAuthentication
from components.review import configuration, doors, identity, policies, routes, running
from components.review.differences import differences
from components.review.fields import arrow, described, words
from components.review.lines import Line, Mark, Topic
from components.review.marking import listed, value
from components.review.objects import Key, Object, Sides
from components.review.preview import Step

Phrases: TypeAlias = Callable[[Key, Any, Any, Sides], Iterator[Line]]

PHRASES: Mapping[type, Phrases] = {
    VirtualService: routes.changes,
    DestinationRule: policies.changes,
    Gateway: doors.changes,
    PeerAuthentication: identity.mutual_tls,
    AuthorizationPolicy: identity.access,
    RequestAuthentication: identity.tokens,
    DeploymentSpec: running.changes,
}
"""By the class of the spec."""

TOPICS = {
    "VirtualService": Topic.ROUTES,
    "HTTPRoute": Topic.ROUTES,
    "GRPCRoute": Topic.ROUTES,
    "TLSRoute": Topic.ROUTES,
    "DestinationRule": Topic.POLICIES,
    "Gateway": Topic.GATEWAYS,
    "PeerAuthentication": Topic.ACCESS,
    "AuthorizationPolicy": Topic.ACCESS,
    "RequestAuthentication": Topic.ACCESS,
    "Certificate": Topic.ACCESS,
    "Deployment": Topic.WORKLOADS,
    "ServiceEntry": Topic.OUTSIDE,
    "WorkloadEntry": Topic.OUTSIDE,
    "WorkloadGroup": Topic.WORKLOADS,
    "Service": Topic.WORKLOADS,
    "Namespace": Topic.WORKLOADS,
    "PodDisruptionBudget": Topic.WORKLOADS,
    "HorizontalPodAutoscaler": Topic.WORKLOADS,
    "StatefulSet": Topic.WORKLOADS,
    "DaemonSet": Topic.WORKLOADS,
}
"""Kinds that are told field by field, and where."""

MESH_GROUPS = (".istio.io", "gateway.networking.k8s.io", "cert-manager.io")
"""Endings of API groups of which each object is told, whatever its kind."""

MOST_FIELDS = 12
"""Of one object that has no phrases; the rest is in the list of resources."""


def changes(sides: Sides, replaced: Iterable[Step] = ()) -> tuple[Line, ...]:
    """Every change, in the order of the topics and then of the preview; `replaced` is what is deleted and made again."""
    before, after = sides.before.objects, sides.after.objects
    lines: list[Line] = []
    counted: Counter[tuple[str, str]] = Counter()
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old.document == new.document:
            continue
        phrases = _phrases(old, new)
        if phrases is not None:
            found = [*phrases(key, _spec(old), _spec(new), sides)]
            if old is not None and new is not None:
                # What is left is metadata, or another way to write the same.
                found += _fields(key, old, new, _metadata) if _metadata(old) != _metadata(new) else ()
                lines += found
                continue
            found = found or [*_fields(key, old, new, _body)]
        elif configuration.is_configuration(key, old, new):
            found = [*configuration.changes(key, old, new)]
        else:
            found = [*_fields(key, old, new, _body)] if _of_the_mesh(key) else []
        if not found:
            counted["new" if old is None else "gone" if new is None else "changed", key.kind] += 1
        lines += found
    lines += _others(counted)
    lines += [Line(Topic.REPLACED, Mark.CHANGED, _replaced(step)) for step in replaced]
    order = list(Topic)
    return tuple(sorted(dict.fromkeys(lines), key=lambda line: order.index(line.topic)))


def _phrases(old: Object | None, new: Object | None) -> Phrases | None:
    """Those of the kind; None where there are none, or a side does not decode."""
    if any(each is not None and each.typed is None for each in (old, new)):
        return None
    spec = _spec(new if new is not None else old)
    return PHRASES.get(type(spec))


def _spec(found: Object | None) -> Any:
    return getattr(found.typed, "spec", None) if found is not None else None


def _replaced(step: Step) -> str:
    because = f", because of {listed([value(reason) for reason in step.reasons])}" if step.reasons else ""
    return f"{value(step.title)} is deleted and made again{because}"


def _of_the_mesh(key: Key) -> bool:
    return key.group.endswith(MESH_GROUPS) or key.kind in TOPICS


def _fields(
    key: Key, old: Object | None, new: Object | None, body: Callable[[Object], Mapping[str, JSON]]
) -> Iterator[Line]:
    topic = TOPICS.get(key.kind, Topic.OTHER)
    where = f" of namespace {value(key.namespace)}" if key.namespace else ""
    who = f"{_kind(key.kind)} {value(key.name)}{where}"
    if new is None:
        yield Line(topic, Mark.GONE, f"gone: {who}")
        return
    if old is None:
        spec = new.document.get("spec")
        # What an object of Istio's says is all there is to it; what Kubernetes' own say is in the list of resources.
        told = described(spec) if isinstance(spec, Mapping) and key.group.endswith(MESH_GROUPS) else ""
        yield Line(topic, Mark.NEW, f"new: {who}{f': {told}' if told else ''}")
        return
    fields = [arrow(change) for change in differences(body(old), body(new))]
    more = f" and {len(fields) - MOST_FIELDS} more fields" if len(fields) > MOST_FIELDS else ""
    yield Line(topic, Mark.CHANGED, f"{who}: {', '.join(fields[:MOST_FIELDS])}{more}")


def _body(found: Object) -> Mapping[str, JSON]:
    """The document without what its key says; its spec at the root, so that words start where they matter."""
    rest = {key: each for key, each in found.document.items() if key not in ("apiVersion", "kind", "spec", "metadata")}
    spec = found.document.get("spec")
    return {**rest, **_metadata(found), **(spec if isinstance(spec, Mapping) else {})}


def _metadata(found: Object) -> Mapping[str, JSON]:
    metadata = found.document["metadata"]
    assert isinstance(metadata, Mapping)
    return {key: each for key, each in metadata.items() if key not in ("name", "namespace")}


def _kind(kind: str) -> str:
    return words(kind).lower()


def _others(counted: Mapping[tuple[str, str], int]) -> Iterator[Line]:
    """Objects that are no part of the mesh's declaration, such as Istio's own: how many of which kind."""
    for what, mark in (("new", Mark.NEW), ("changed", Mark.CHANGED), ("gone", Mark.GONE)):
        kinds = [f"{count} {value(kind)}" for (how, kind), count in counted.items() if how == what]
        if kinds:
            yield Line(Topic.OTHER, mark, f"{what}: {listed(sorted(kinds), most=20)}")
