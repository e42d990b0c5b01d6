"""A mesh as plain data, and back: the form in which a stack exports what it declares.

Objects that others refer to (workloads, versions, gateways) stand once, in a table, and are referred to by their place in
it; everything else stands where it is used. Decoding makes the objects anew, so every rule of theirs is checked again.

Small objects say what they are: `{"kind": "Route", ...}` a part of the model, `{"ref": "versions/0"}` the first version,
`{"enum": "MutualTLS", "value": "STRICT"}` one of an enum, `{"seconds": 20}` a time, `{"map": {...}}` a map from text. In a
document written by hand, what has a default may be left out, and so may a table with nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import Enum
from types import MappingProxyType
from typing import cast

from components.model.document_reading import read
from components.model.document_shapes import FORMAT, SHARED, DocumentError, Plain
from components.model.mesh import Mesh

__all__ = ["FORMAT", "DocumentError", "Plain", "decode", "encode"]


def encode(mesh: Mesh) -> dict[str, Plain]:
    """The mesh as dicts, lists, strings and numbers only."""
    return _Encoder().mesh(mesh)


def decode(document: object) -> Mesh:
    """The mesh that `encode` made this document of, or that a person wrote in its form.

    Raises `DocumentError` for the first thing that is wrong, such as an unknown field, a field that is missing, a ref that
    leads nowhere, or a part that the model refuses.
    """
    return read(document)


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
