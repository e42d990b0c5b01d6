"""From plain documents to typed values, strictly: what does not fit is an error that says where, what and
what instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from components.api.duration import Duration
from components.api.errors import DecodeError, Problem, UnknownKind, nearest
from components.api.registry import Kind, class_of, kind_named, kind_of_class, kinds
from components.api.resource import Document, ObjectMeta, Resource

__all__ = ["decode", "decode_as", "decode_value", "examine"]

Value = TypeVar("Value", bound=msgspec.Struct)


def decode(document: Mapping[str, Any]) -> Document:
    """A plain document, as YAML or JSON is read, as a typed one: a Resource, or the class of a kind without spec.

    Raises UnknownKind when the kind is none of components.api, DecodeError when the document is not of its shape.
    """
    made, problems = examine(document)
    if made is None or problems:
        raise DecodeError(_subject(document), problems)
    return made


def examine(document: Mapping[str, Any]) -> tuple[Document | None, tuple[Problem, ...]]:
    """Like `decode`, but fields that are not known are only reported, and left out of the document.

    None when there are problems of another sort. Raises UnknownKind, and DecodeError when the kind is not to be told.
    """
    kind = _kind(document)
    problems: list[Problem] = []
    metadata = _part(document.get("metadata", {}), ObjectMeta, "metadata", problems)
    made: Document | None = None
    if kind.is_document:
        rest = {key: each for key, each in document.items() if key not in ("apiVersion", "kind", "metadata")}
        bare = _part({**rest, "metadata": {}}, class_of(kind), "", problems)
        if bare is not None and metadata is not None:
            made = msgspec.structs.replace(bare, metadata=metadata, api_version=document["apiVersion"])
    else:
        spec = _spec(document, kind, problems)
        if kind.strict:
            problems += _unknown_at_root(document)
        status = document.get("status")
        if status is not None and not isinstance(status, Mapping):
            problems.append(Problem("status", f"expected an object, got {status!r}", "Leave it out; servers write it."))
        elif metadata is not None and spec is not None:
            api_version = document["apiVersion"]
            made = Resource(metadata=metadata, spec=spec, api_version=api_version, status=status)
    return made, tuple(problems)


def decode_as(document: Mapping[str, Any], cls: type[Value]) -> Resource[Value]:
    """A document that must be of the kind that `cls` is the spec of. Raises DecodeError otherwise."""
    made = decode(document)
    if isinstance(made, Resource) and isinstance(made.spec, cls):
        return made
    wanted = kind_of_class(cls)
    problem = Problem(
        "kind",
        f"expected {wanted.name if wanted else cls.__name__}, got {made.kind}",
        "Give a document of that kind.",
    )
    raise DecodeError(_subject(document), [problem])


def decode_value(value: object, cls: type[Value], path: str = "") -> Value:
    """A part of a document, such as one HTTPRoute; `path` is put before the path of what is wrong."""
    problems: list[Problem] = []
    made = _part(value, cls, path, problems)
    if made is None or problems:
        raise DecodeError("", problems)
    return made


def _kind(document: Mapping[str, Any]) -> Kind:
    if not isinstance(document, Mapping):
        raise DecodeError("", [Problem("", f"expected an object, got {document!r}", "Give one document at a time.")])
    missing = [key for key in ("apiVersion", "kind") if not isinstance(document.get(key), str)]
    if missing:
        problems = [
            Problem(key, f"expected text, got {document.get(key)!r}", f"Say which {key} the document is of.")
            for key in missing
        ]
        raise DecodeError(_subject(document), problems)
    group, _, version = document["apiVersion"].rpartition("/")
    kind = kind_named(group, document["kind"])
    if kind is None:
        of_group = [each.name for each in kinds() if each.group == group]
        groups = sorted({each.group for each in kinds()} - {""})
        problem = (
            Problem(
                "kind",
                f"{group or 'the core group'} has no {document['kind']!r} here",
                nearest(document["kind"], of_group),
            )
            if of_group
            else Problem("apiVersion", f"{document['apiVersion']!r} is of no group known here", nearest(group, groups))
        )
        raise UnknownKind(_subject(document), [problem])
    if version not in kind.versions:
        allowed = map(kind.qualify, kind.versions)
        message = f"{kind.name} has no version {version!r}"
        raise DecodeError(_subject(document), [Problem("apiVersion", message, f"Allowed: {', '.join(allowed)}.")])
    return kind


def _spec(document: Mapping[str, Any], kind: Kind, problems: list[Problem]) -> Any:
    # To the API server null is not set, here as in any field.
    spec = document.get("spec")
    if spec is None and kind.spec_required:
        problems.append(Problem("spec", f"{kind.name} has none", "Give it one."))
        return None
    return _part({} if spec is None else spec, class_of(kind), "spec", problems)


def _unknown_at_root(document: Mapping[str, Any]) -> list[Problem]:
    allowed = ("apiVersion", "kind", "metadata", "spec", "status")
    return [Problem(str(key), "no such field", nearest(str(key), allowed)) for key in document if key not in allowed]


def _part(value: object, cls: type[Value], path: str, problems: list[Problem]) -> Value | None:
    try:
        return msgspec.convert(value, cls, str_keys=True, dec_hook=_custom)
    except msgspec.ValidationError:
        # Only now: finding all that is wrong, with keys of maps in the path, costs more than decoding.
        from components.api.explaining import explain
        from components.api.tidying import tidied, without_unknown

        tidy = tidied(value, cls)
        found = explain(tidy, cls, path)
        known = without_unknown(tidy, cls)
        problems += found
        if explain(known, cls, path):
            return None
        try:
            return msgspec.convert(known, cls, str_keys=True, dec_hook=_custom)
        except msgspec.ValidationError as again:
            problems.append(Problem(path, str(again), "Correct it."))
            return None


def _custom(wanted: type, value: object) -> object:
    if wanted is Duration and isinstance(value, str):
        return Duration.parse(value)
    raise ValueError(f"expected {wanted.__name__}, got {value!r}")


def _subject(document: object) -> str:
    if not isinstance(document, Mapping):
        return ""
    metadata = document.get("metadata")
    names = [metadata.get(key) for key in ("namespace", "name")] if isinstance(metadata, Mapping) else []
    kind = document.get("kind")
    return " ".join(
        part for part in (kind if isinstance(kind, str) else "", "/".join(str(each) for each in names if each)) if part
    )
