"""A mesh as plain data, and back: the form in which a stack exports what it declares.

Objects that others refer to (workloads, versions, gateways) stand once, in a table, and are referred to by their place in
it; everything else stands where it is used. Decoding makes the objects anew, so every rule of theirs is checked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import Enum, EnumType
from types import MappingProxyType
from typing import TypeAlias, cast

import components.model as model
from components.model.external_services import ExternalService
from components.model.gateway import Gateway
from components.model.mesh import Mesh
from components.model.workload import Version, Workload

Plain: TypeAlias = bool | int | float | str | list["Plain"] | dict[str, "Plain"] | None

FORMAT = 1
SHARED = {"workloads": Workload, "versions": Version, "gateways": Gateway, "external_services": ExternalService}
"""The tables, in the order in which they may refer to each other."""

ENUMS = {name: kind for name in model.__all__ if isinstance(kind := getattr(model, name), EnumType)}
CLASSES = {name: getattr(model, name) for name in model.__all__ if is_dataclass(getattr(model, name))}


class DocumentError(Exception):
    """The document is not a mesh that this version of the program wrote; the message says where it differs."""


def encode(mesh: Mesh) -> dict[str, Plain]:
    """The mesh as dicts, lists, strings and numbers only."""
    return _Encoder().mesh(mesh)


def decode(document: Mapping[str, Plain]) -> Mesh:
    """The mesh that `encode` made this document of. Raises `DocumentError`."""
    if document.get("format") != FORMAT:
        raise DocumentError(
            f"the mesh document has the format {document.get('format')!r}, and this program reads {FORMAT}; "
            "run `pulumi up` with this version of the program, then read its output again"
        )
    try:
        return _Decoder().mesh(document)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise DocumentError(
            f"the mesh document is damaged ({type(error).__name__}: {error}); run `pulumi up` again"
        ) from error


class _Encoder:
    def __init__(self) -> None:
        self._tables: dict[str, list[Plain]] = {table: [] for table in SHARED}
        self._places: dict[tuple[str, object], int] = {}

    def mesh(self, mesh: Mesh) -> dict[str, Plain]:
        body = self._fields(mesh)
        return {"format": FORMAT, **cast("dict[str, Plain]", self._tables), "mesh": body}

    def _plain(self, value: object) -> Plain:
        for table, kind in SHARED.items():
            if type(value) is kind:
                return {"ref": f"{table}/{self._place(table, value)}"}
        if isinstance(value, Enum):
            return {"enum": type(value).__name__, "value": cast("str", value.value)}
        if isinstance(value, timedelta):
            return {"seconds": value.total_seconds()}
        if isinstance(value, (tuple, list)):
            return [self._plain(part) for part in value]
        if isinstance(value, (Mapping, MappingProxyType)):
            return {"map": {str(key): self._plain(part) for key, part in value.items()}}
        if is_dataclass(value):
            return {"kind": type(value).__name__, **self._fields(value)}
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        raise TypeError(f"a mesh document can not hold {value!r}")

    def _place(self, table: str, value: object) -> int:
        if (table, value) not in self._places:
            body = self._fields(value)
            self._places[table, value] = len(self._tables[table])
            self._tables[table].append(body)
        return self._places[table, value]

    def _fields(self, value: object) -> dict[str, Plain]:
        return {
            field.name: self._plain(getattr(value, field.name))
            for field in fields(value)  # type: ignore[arg-type]
            if getattr(value, field.name) is not None
        }


class _Decoder:
    def __init__(self) -> None:
        self._made: dict[str, object] = {}

    def mesh(self, document: Mapping[str, Plain]) -> Mesh:
        for table, kind in SHARED.items():
            for place, body in enumerate(cast("list[dict[str, Plain]]", document[table])):
                self._made[f"{table}/{place}"] = kind(**self._arguments(body))
        return Mesh(**self._arguments(cast("dict[str, Plain]", document["mesh"])))  # type: ignore[arg-type]

    def _value(self, plain: Plain) -> object:
        if isinstance(plain, list):
            return tuple(self._value(part) for part in plain)
        if not isinstance(plain, dict):
            return plain
        if "ref" in plain:
            return self._made[cast("str", plain["ref"])]
        if "enum" in plain:
            return ENUMS[cast("str", plain["enum"])](plain["value"])
        if "seconds" in plain:
            return timedelta(seconds=cast("float", plain["seconds"]))
        if "map" in plain:
            return {key: self._value(part) for key, part in cast("dict[str, Plain]", plain["map"]).items()}
        kind = CLASSES[cast("str", plain["kind"])]
        return kind(**self._arguments({key: part for key, part in plain.items() if key != "kind"}))

    def _arguments(self, body: dict[str, Plain]) -> dict[str, object]:
        return {key: self._value(part) for key, part in body.items()}
