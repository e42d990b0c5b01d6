"""A JSON Schema (draft 7, which editors know) of mesh documents, derived from the classes that the reader makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from inspect import getdoc
from types import NoneType
from typing import Any, TypeAlias

from components.model.document_shapes import (
    FORMAT,
    SHARED,
    Field,
    fields_of,
    is_kind,
    items_of,
    row_of,
    table_of,
    values_of,
)
from components.model.mesh import Mesh

JSON: TypeAlias = dict[str, Any]

SCALARS: Mapping[Any, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    NoneType: "null",
}


def schema() -> JSON:
    """What an editor needs to complete and check a document. It knows shapes; the model's own rules come on top."""
    derived = _Derived()
    properties: JSON = {"format": {"const": FORMAT}}
    for table, kind in SHARED.items():
        properties[table] = {"type": "array", "items": derived.body(kind)}
    properties["mesh"] = derived.body(Mesh)
    derived.close()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Mesh document",
        **_object(properties, required=["format", "mesh"]),
        "definitions": dict(sorted(derived.definitions.items())),
    }


@dataclass
class _Derived:
    definitions: JSON = field(default_factory=dict)
    _open: dict[str, type] = field(default_factory=dict)

    def body(self, kind: type) -> JSON:
        """An object with the fields of the class, which stands where no other could."""
        fields = fields_of(kind)
        described = {name: self._any(each) for name, each in fields.items()}
        return {**_described(kind), **_object(described, required=_required(fields))}

    def close(self) -> None:
        """Derive the classes that were referred to, and those that these refer to."""
        while missing := [name for name in self._open if name not in self.definitions]:
            kind = self._open[missing[0]]
            fields = fields_of(kind)
            described = {"kind": {"const": kind.__name__}} | {name: self._any(each) for name, each in fields.items()}
            self.definitions[missing[0]] = {
                **_described(kind),
                **_object(described, required=["kind", *_required(fields)]),
            }

    def _any(self, declared: Field) -> JSON:
        return _one_of(list(self._each(declared.alternatives)))

    def _each(self, alternatives: tuple[Any, ...]) -> Iterator[JSON]:
        for alternative in alternatives:
            if (derived := self._alternative(alternative)) is not None:
                yield derived

    def _alternative(self, alternative: Any) -> JSON | None:
        if alternative in SCALARS:
            return {"type": SCALARS[alternative]}
        if alternative is timedelta:
            return _object({"seconds": {"type": "number"}}, required=["seconds"])
        if (table := table_of(alternative)) is not None:
            return _object({"ref": {"type": "string", "pattern": f"^{table}/[0-9]+$"}}, required=["ref"])
        if isinstance(alternative, type) and issubclass(alternative, Enum):
            value = {"enum": [member.value for member in alternative]}
            return _object({"enum": {"const": alternative.__name__}, "value": value}, required=["enum", "value"])
        if is_kind(alternative):
            self._open[alternative.__name__] = alternative
            return {"$ref": f"#/definitions/{alternative.__name__}"}
        if (items := items_of(alternative)) is not None:
            return {"type": "array", "items": _one_of(list(self._each(items)))}
        if (row := row_of(alternative)) is not None:
            places = [_one_of(list(self._each(each))) for each in row]
            return {"type": "array", "items": places, "minItems": len(places), "maxItems": len(places)}
        values = values_of(alternative)
        if values is None:
            return None
        entries = {"type": "object", "additionalProperties": _one_of(list(self._each(values)))}
        return _object({"map": entries}, required=["map"])


def _object(properties: JSON, *, required: list[str]) -> JSON:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _one_of(derived: list[JSON]) -> JSON:
    return derived[0] if len(derived) == 1 else {"anyOf": derived}


def _required(fields: Mapping[str, Field]) -> list[str]:
    return [name for name, each in fields.items() if each.required]


def _described(kind: type) -> JSON:
    return {"description": " ".join((getdoc(kind) or "").split("\n\n")[0].split())}
