"""The objects of a mesh before and after a preview, typed where `components.api` knows their kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

import msgspec

from components.api import JSON, DecodeError, Document, Resource, examine
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.virtual_service import Destination
from components.review.marking import value
from components.review.preview import Operation, Preview, Step

Spec = TypeVar("Spec", bound=msgspec.Struct)

SERVICE_DOMAIN = ".svc.cluster.local"


class Key(NamedTuple):
    """Which object: there is one of it in a cluster."""

    group: str
    kind: str
    namespace: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Object:
    """One object. `typed` is None where the kind is not known, or a field is wrong or known only after the update."""

    key: Key
    document: Mapping[str, JSON]
    typed: Document | None


class Side:
    """All objects of one side of the preview, and the names that their hosts have for people."""

    def __init__(self, documents: Iterable[Mapping[str, JSON]]) -> None:
        self.objects: dict[Key, Object] = {}
        for document in documents:
            key = _key(document)
            self.objects[key] = Object(key=key, document=document, typed=_typed(document))

    def specs(self, cls: type[Spec]) -> Iterator[tuple[Key, Spec]]:
        """The specs of one kind."""
        for key, found in self.objects.items():
            if isinstance(found.typed, Resource) and isinstance(found.typed.spec, cls):
                yield key, found.typed.spec

    def spec(self, key: Key, cls: type[Spec]) -> Spec | None:
        found = self.objects.get(key)
        spec = found.typed.spec if found is not None and isinstance(found.typed, Resource) else None
        return spec if isinstance(spec, cls) else None

    def app(self, host: str) -> str:
        """The workload that a host stands for: what its Service selects by `app`, else the host without its tail."""
        return self._apps.get(host, host.removesuffix(SERVICE_DOMAIN))

    def subset_version(self, host: str, subset: str) -> str | None:
        """The label `version` of a subset; None where no rule tells."""
        return self._versions.get((host, subset))

    @cached_property
    def _apps(self) -> dict[str, str]:
        apps = {}
        for key, spec in self.specs(ServiceSpec):
            if app := spec.selector.get("app"):
                apps[f"{key.name}.{key.namespace}{SERVICE_DOMAIN}"] = app
        doubled = {app for app in apps.values() if list(apps.values()).count(app) > 1}
        # Two Services of one workload, or two namespaces with one of that name, are told apart by the Service.
        return {host: app for host, app in apps.items() if app not in doubled}

    @cached_property
    def _versions(self) -> dict[tuple[str, str], str]:
        return {
            (full_host(spec.host or "", key.namespace), subset.name or ""): subset.labels["version"]
            for key, spec in self.specs(DestinationRule)
            for subset in spec.subsets
            if "version" in subset.labels
        }


@dataclass(frozen=True)
class Sides:
    """Before and after. Names are taken from after, and from before for what is gone."""

    before: Side
    after: Side

    def app(self, host: str) -> str:
        """The workload's name, unmarked."""
        new = self.after.app(host)
        return new if new != host.removesuffix(SERVICE_DOMAIN) else self.before.app(host)

    def host(self, host: str, namespace: str) -> str:
        """A host as a person calls it, as a value."""
        return value(self.app(full_host(host, namespace)))

    def destination(self, destination: Destination | None, namespace: str) -> str:
        """`servicex version 504`, `servicex subset sticky` or `servicex`, with values marked."""
        if destination is None or not destination.host:
            return "nothing"
        return f"{self.host(destination.host, namespace)}{self.subset(destination, namespace)}"

    def subset(self, destination: Destination, namespace: str) -> str:
        """` version 504`, ` subset sticky`, or nothing for the whole workload; and a port that is none of HTTP's own."""
        port = destination.port.number if destination.port else None
        tail = f" port {value(port)}" if port not in (None, 80) else ""
        if not destination.subset:
            return tail
        host = full_host(destination.host or "", namespace)
        version = self.after.subset_version(host, destination.subset) or self.before.subset_version(
            host, destination.subset
        )
        # A subset that is more than its version, such as one with a balancer of its own, keeps its name.
        word = "version" if version == destination.subset else "subset"
        return f" {word} {value(destination.subset)}{tail}"


def sides(preview: Preview) -> Sides:
    """The Kubernetes objects of a preview, before and after."""
    before, after = [], []
    for step in preview.steps:
        if step.operation is Operation.READ or not step.type.startswith("kubernetes:"):
            continue
        old, new = _document(step, step.before), _document(step, step.after)
        if old is not None:
            before.append(old)
        if new is not None:
            after.append(new)
        elif old is not None and step.operation is Operation.SAME:
            after.append(old)
    return Sides(Side(before), Side(after))


def full_host(host: str, namespace: str) -> str:
    """The name of a Service in full; a name with dots, or with a star, is one already."""
    return host if "." in host or "*" in host or not host else f"{host}.{namespace}{SERVICE_DOMAIN}"


def _document(step: Step, inputs: Mapping[str, JSON] | None) -> Mapping[str, JSON] | None:
    """The inputs as a document; None for what is none, such as a chart."""
    metadata = inputs.get("metadata") if inputs is not None else None
    if inputs is None or not isinstance(metadata, Mapping):
        return None
    group_version, _, kind = step.type.removeprefix("kubernetes:").rpartition(":")
    # Where the program gives no name, the provider makes one; until it has, the resource's own tells it from others.
    named = {**metadata, "name": metadata.get("name") or step.name}
    return {"apiVersion": group_version.removeprefix("core/"), "kind": kind, **inputs, "metadata": named}


def _key(document: Mapping[str, JSON]) -> Key:
    metadata = document["metadata"]
    assert isinstance(metadata, Mapping)
    group = str(document["apiVersion"]).rpartition("/")[0]
    return Key(group, str(document["kind"]), str(metadata.get("namespace") or ""), str(metadata.get("name") or ""))


def _typed(document: Mapping[str, JSON]) -> Document | None:
    try:
        made, problems = examine(document)
    except DecodeError:
        return None
    return None if problems else made
