"""The documents of a stack as policies read them: typed, each with the resource it belongs to and what is unknown in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from components.api import DecodeError, Document, Resource, UnknownKind, examine
from components.api.registry import kind_named
from policy.paths import Path, overlaps

__all__ = ["Given", "Read", "StackDocuments", "Subject"]

Spec = TypeVar("Spec")
DEFAULT_NAMESPACE = "default"
UNNAMED = "(named at the update)"
WORKLOAD_GROUPS = ("apps", "batch")
"""All kinds of these are namespaced, those that components.api has not among them."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The object that something is said of. `urn` is its resource's, "" where there is none."""

    kind: str
    name: str
    namespace: str = ""
    urn: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.path.partition('/')[2]}"

    @property
    def path(self) -> str:
        """Kind/namespace/name, without the namespace where there is none."""
        return "/".join(part for part in (self.kind, self.namespace, self.name) if part)


@dataclass(frozen=True, kw_only=True)
class Given:
    """A resource as it was handed over: a plain document without what is unknown in it, and where that is missing."""

    document: Mapping[str, Any]
    urn: str = ""
    unknown: tuple[Path, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Read:
    """One document. `typed` is None for a kind that components.api has not, and where `problem` says why not."""

    subject: Subject
    plain: Mapping[str, Any]
    typed: Document | None = None
    unknown: tuple[Path, ...] = ()
    problem: str = ""

    def missing(self, *wanted: Path) -> Iterator[Path]:
        """The unknown fields that are, hold or belong to one of those wanted."""
        return (path for path in self.unknown if any(overlaps(path, each) for each in wanted))

    @property
    def labels(self) -> Mapping[str, str]:
        return _texts(self.plain, "labels")

    @property
    def annotations(self) -> Mapping[str, str]:
        return _texts(self.plain, "annotations")


@dataclass(frozen=True, kw_only=True)
class StackDocuments:
    """All of a stack, or one object of it."""

    stack: str
    documents: tuple[Read, ...] = field(default=())

    @classmethod
    def read(cls, stack: str, given: Iterable[Given]) -> StackDocuments:
        """Type what was given; what is no Kubernetes object is left out."""
        return cls(stack=stack, documents=tuple(_read(each) for each in given if _is_object(each.document)))

    def __iter__(self) -> Iterator[Read]:
        return iter(self.documents)

    def of(self, spec: type[Spec]) -> Iterator[tuple[Read, Spec]]:
        """The documents whose spec is of that class, such as VirtualService, and their specs."""
        for read in self.documents:
            if isinstance(read.typed, Resource) and isinstance(read.typed.spec, spec):
                yield read, read.typed.spec

    def unreadable(self, *kinds: str) -> Iterator[Read]:
        """The documents of these kinds that are not of their kind's shape."""
        return (read for read in self.documents if read.problem and read.subject.kind in kinds)


def _is_object(document: Mapping[str, Any]) -> bool:
    return isinstance(document.get("apiVersion"), str) and isinstance(document.get("kind"), str)


def _read(given: Given) -> Read:
    document = given.document
    typed, problem = None, ""
    try:
        typed, problems = examine(document)
        if typed is None:
            problem = "; ".join(str(each) for each in problems)
    except UnknownKind:
        pass
    except DecodeError as error:
        problem = str(error)
    return Read(
        subject=_subject(given), plain=document, typed=typed, unknown=given.unknown, problem=" ".join(problem.split())
    )


def _subject(given: Given) -> Subject:
    document = given.document
    metadata = document.get("metadata")
    named = metadata if isinstance(metadata, Mapping) else {}
    group, kind = document["apiVersion"].rpartition("/")[0], document["kind"]
    known = kind_named(group, kind)
    namespaced = known.namespaced if known else group in WORKLOAD_GROUPS
    return Subject(
        kind=kind,
        name=str(named.get("name") or named.get("generateName") or UNNAMED),
        namespace=str(named.get("namespace") or (DEFAULT_NAMESPACE if namespaced else "")),
        urn=given.urn,
    )


def _texts(document: Mapping[str, Any], name: str) -> Mapping[str, str]:
    metadata = document.get("metadata")
    found = metadata.get(name) if isinstance(metadata, Mapping) else None
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, Mapping) else {}
