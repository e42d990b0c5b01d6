"""The documents of a stack as policies read them: typed, each with the resource it belongs to and what is unknown in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from components.analysis.declared import Declared
from components.analysis.reading import Source
from components.api import DecodeError, Resource, UnknownKind, examine
from policy.paths import Path, overlaps

__all__ = ["Given", "Read", "StackDocuments", "Subject"]

Spec = TypeVar("Spec")
UNNAMED = "(named at the update)"


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
    """One document."""

    declared: Declared[Any]
    given: Given
    problem: str = ""
    """Why it is not of its kind's shape; "" for a kind that components.api has not."""

    @cached_property
    def subject(self) -> Subject:
        """Whom to name."""
        return Subject(
            kind=self.declared.kind,
            name=self.declared.name or UNNAMED,
            namespace=self.declared.namespace,
            urn=self.given.urn,
        )

    def missing(self, *wanted: Path) -> Iterator[Path]:
        """The unknown fields that are, hold or belong to one of those wanted."""
        return (path for path in self.given.unknown if any(overlaps(path, each) for each in wanted))


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
            document = read.declared.document
            if isinstance(document, Resource) and isinstance(document.spec, spec):
                yield read, document.spec


def _is_object(document: Mapping[str, Any]) -> bool:
    return isinstance(document.get("apiVersion"), str) and isinstance(document.get("kind"), str)


def _read(given: Given) -> Read:
    typed, problem = None, ""
    try:
        typed, problems = examine(given.document)
        if typed is None:
            problem = "; ".join(str(each) for each in problems)
    except UnknownKind:
        pass
    except DecodeError as error:
        problem = str(error)
    return Read(declared=Declared(typed, Source(given.document)), given=given, problem=" ".join(problem.split()))
