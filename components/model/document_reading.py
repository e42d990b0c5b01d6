"""The strict reader of mesh documents: what does not fit is an error with its path, the value, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from enum import Enum
from types import NoneType
from typing import Any

from components.model.document_shapes import (
    FORMAT,
    MARKS,
    SHARED,
    DocumentError,
    fields_of,
    is_kind,
    items_of,
    row_of,
    table_of,
    values_of,
    written,
)
from components.model.mesh import Mesh

PARTS = ("format", *SHARED, "mesh")


def read(document: object) -> Mesh:
    """The mesh that the document declares. Raises `DocumentError` for the first thing that is wrong with it."""
    if not isinstance(document, Mapping):
        raise _unexpected("the mesh document", f"an object with {_listed(PARTS)}", document)
    given = document.get("format")
    if given != FORMAT or isinstance(given, bool):
        raise DocumentError(
            f"the mesh document has the format {given!r}, and this program reads {FORMAT}; "
            "run `pulumi up` with this version of the program, then read its output again"
        )
    for name in document:
        if name not in PARTS:
            raise DocumentError(f"the mesh document has no part {name!r}. {_nearest(name, PARTS)}")
    if "mesh" not in document:
        raise DocumentError("the mesh document has no mesh; give it one, an object that has versions at least")
    return _Reader(document).mesh(document["mesh"])


class _Reader:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self._made: dict[str, object] = {}
        for table, kind in SHARED.items():
            rows = document.get(table, [])
            if not isinstance(rows, list | tuple):
                raise _unexpected(table, "a list", rows)
            for place, body in enumerate(rows):
                self._made[f"{table}/{place}"] = self._object(kind, body, f"{table}[{place}]")

    def mesh(self, body: object) -> Mesh:
        made = self._object(Mesh, body, "mesh")
        assert isinstance(made, Mesh)
        return made

    def _object(self, kind: type, body: object, path: str) -> object:
        fields = fields_of(kind)
        if not isinstance(body, Mapping):
            raise _unexpected(path, f"an object with fields of {kind.__name__}", body)
        for name in body:
            if name not in fields:
                raise DocumentError(f"{path}: {kind.__name__} has no field {name!r}. {_nearest(name, fields)}")
        for name, field in fields.items():
            if field.required and name not in body:
                needed = [each for each, other in fields.items() if other.required]
                raise DocumentError(f"{path}: {kind.__name__} has no {name}; give it, it needs {_listed(needed)}")
        arguments = {
            name: self._value(part, fields[name].alternatives, f"{path}.{name}") for name, part in body.items()
        }
        try:
            return kind(**arguments)
        except ValueError as error:
            raise DocumentError(f"{path}: {error}") from None

    def _value(self, plain: object, allowed: tuple[Any, ...], path: str) -> object:
        if isinstance(plain, Mapping):
            return self._marked(plain, allowed, path)
        if isinstance(plain, list | tuple):
            return self._list(plain, allowed, path)
        if isinstance(plain, bool | str | NoneType) and type(plain) in allowed:
            return plain
        if isinstance(plain, int | float) and not isinstance(plain, bool):
            # JSON has one sort of number, and Pulumi hands over 8000 as 8000.0.
            if int in allowed and float(plain).is_integer():
                return int(plain)
            if float in allowed:
                return plain
        raise _unexpected(path, _ways(allowed), plain)

    def _list(self, plain: list[object] | tuple[object, ...], allowed: tuple[Any, ...], path: str) -> object:
        for alternative in allowed:
            if (items := items_of(alternative)) is not None:
                return tuple(self._value(part, items, f"{path}[{place}]") for place, part in enumerate(plain))
            row = row_of(alternative)
            if row is not None and len(row) == len(plain):
                return tuple(
                    self._value(part, each, f"{path}[{place}]")
                    for place, (part, each) in enumerate(zip(plain, row, strict=True))
                )
        raise _unexpected(path, _ways(allowed), plain)

    def _marked(self, plain: Mapping[str, Any], allowed: tuple[Any, ...], path: str) -> object:
        mark = next((mark for mark in MARKS if mark in plain), None)
        if mark is None:
            raise _unexpected(path, _ways(allowed), plain)
        if mark == "kind":
            return self._kind(plain, allowed, path)
        expected = {"enum", "value"} if mark == "enum" else {mark}
        if set(plain) != expected:
            raise DocumentError(
                f"{path}: an object with {mark} has {_listed(sorted(expected))} and nothing else, "
                f"and this one has {_listed(map(str, plain))}"
            )
        if mark == "ref":
            return self._ref(plain["ref"], allowed, path)
        if mark == "enum":
            return _member(plain, allowed, path)
        if mark == "seconds":
            return _time(plain["seconds"], allowed, path)
        return self._map(plain["map"], allowed, path)

    def _kind(self, plain: Mapping[str, Any], allowed: tuple[Any, ...], path: str) -> object:
        kinds = {each.__name__: each for each in allowed if is_kind(each)}
        name = plain["kind"]
        if not isinstance(name, str) or name not in kinds:
            hint = _nearest(name, kinds) if kinds else f"Allowed: {_ways(allowed)}."
            raise DocumentError(f"{path}: the kind {name!r} is none that can stand here. {hint}")
        return self._object(kinds[name], {key: part for key, part in plain.items() if key != "kind"}, path)

    def _ref(self, ref: object, allowed: tuple[Any, ...], path: str) -> object:
        tables = [table for each in allowed if (table := table_of(each)) is not None]
        if not tables:
            raise _unexpected(path, _ways(allowed), {"ref": ref})
        places = [place for place in self._made if place.partition("/")[0] in tables]
        if ref not in places:
            raise DocumentError(
                f"{path}: the ref {ref!r} leads nowhere from here. Allowed: {_listed(places) or 'none'}, which are the "
                f"places in {_listed(tables)} of the document, counted from 0"
            )
        return self._made[str(ref)]

    def _map(self, pairs: object, allowed: tuple[Any, ...], path: str) -> object:
        values = next((found for each in allowed if (found := values_of(each)) is not None), None)
        if values is None or not isinstance(pairs, Mapping):
            raise _unexpected(path, _ways(allowed), {"map": pairs})
        return {str(key): self._value(part, values, f"{path}.{key}") for key, part in pairs.items()}


def _member(plain: Mapping[str, Any], allowed: tuple[Any, ...], path: str) -> object:
    enums = {each.__name__: each for each in allowed if isinstance(each, type) and issubclass(each, Enum)}
    name, value = plain["enum"], plain["value"]
    if not isinstance(name, str) or name not in enums:
        hint = _nearest(name, enums) if enums else f"Allowed: {_ways(allowed)}."
        raise DocumentError(f"{path}: the enum {name!r} is none that can stand here. {hint}")
    members = {member.value: member for member in enums[name]}
    if isinstance(value, str | int | float) and value in members:
        return members[value]
    raise DocumentError(f"{path}: {name} has no value {value!r}. {_nearest(value, map(str, members))}")


def _time(seconds: object, allowed: tuple[Any, ...], path: str) -> timedelta:
    if timedelta not in allowed or isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise _unexpected(path, _ways(allowed), {"seconds": seconds})
    try:
        return timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        raise DocumentError(f"{path}: {seconds} seconds is no time; give a number of seconds, such as 0.5") from None


def _unexpected(path: str, wanted: str, given: object) -> DocumentError:
    return DocumentError(f"{path}: expected {wanted}, got {_short(given)}")


def _short(value: object) -> str:
    text = repr(dict(value) if isinstance(value, Mapping) else value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _ways(allowed: tuple[Any, ...]) -> str:
    return " or ".join(dict.fromkeys(way for each in allowed if (way := written(each))))


def _nearest(name: object, allowed: Iterable[str]) -> str:
    names = list(allowed)
    close = get_close_matches(str(name), names, n=1)
    every = f"Allowed: {_listed(names)}."
    return f"Did you mean {close[0]}? {every}" if close else every


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
