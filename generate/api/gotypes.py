"""The Gateway API's Go types as messages and enums.

It has no protos, and its CRDs have no names for what is inside a spec; the Go types do. Only what they need is
understood here: one field a line, embedded structs, named strings and numbers, constants of a named type.
"""

from __future__ import annotations

import re
from pathlib import Path

from generate.api.shapes import EnumType, Field, MessageType, Module
from generate.api.source import GATEWAY

__all__ = ["read_go_modules"]

# Go file -> module. What other kinds are made of is not read.
FILES = {
    "gateway": "gateway",
    "grpcroute": "grpc_route",
    "httproute": "http_route",
    "object_reference": "object_reference",
    "referencegrant": "reference_grant",
    "shared": "shared",
    "tlsroute": "tls_route",
}
SCALARS = {"string": "str", "bool": "bool", "int": "int", "int32": "int", "uint16": "int", "float64": "float"}
NAMED = re.compile(r"^type (\w+) =? ?(?!struct\b)(\w+)$", re.MULTILINE)
STRUCT = re.compile(r"^type (\w+) struct \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
LINE = re.compile(r'^\t(?:(\w+) +)?(\S+) +`json:"([^",]*)(,inline)?[^`]*`', re.MULTILINE)
CONSTANT = re.compile(r'^\t\w+ (\w+) += "([^"]+)"$', re.MULTILINE)
# A named type has a closed set of values when it, or a field of it, is marked so.
CLOSED_TYPE = re.compile(r"^// \+kubebuilder:validation:Enum=(\S+)\ntype (\w+) string$", re.MULTILINE)
CLOSED_FIELD = re.compile(r"Enum=\S+\n(?:\t//.*\n)*\t\w+ +\*?(\w+) +`json")


def read_go_modules(folder: Path) -> list[Module]:
    """The types of version v1 in that checkout of the Gateway API, one module a Go file."""
    texts = {name: (folder / "apis" / "v1" / f"{name}_types.go").read_text() for name in FILES}
    whole = "\n".join(texts.values())
    enums = _enums(whole)
    scalars = _scalars(dict(NAMED.findall(whole)))
    structs = dict(STRUCT.findall(whole))
    modules = []
    for name, text in texts.items():
        own = [each for each, _ in STRUCT.findall(text)]
        modules.append(
            Module(
                origin=f"the Gateway API's apis/v1/{name}_types.go",
                source=GATEWAY,
                name=f"gateway_api.{FILES[name]}",
                messages=tuple(
                    MessageType(
                        full_name=f".gateway.{each}", path=(each,), fields=_fields(each, structs, scalars, enums)
                    )
                    for each in own
                    if not each.endswith(("List", "Status"))
                ),
                enums=tuple(
                    EnumType(full_name=f".gateway.{each}", path=(each,), values=values)
                    for each, values in enums.items()
                    if re.search(rf"^type {each} string$", text, re.MULTILINE)
                ),
            )
        )
    return modules


def _scalars(named: dict[str, str]) -> dict[str, str]:
    resolved = dict(SCALARS)
    for name, kind in named.items():
        while kind in named:
            kind = named[kind]
        resolved[name] = SCALARS[kind]
    return resolved


def _enums(text: str) -> dict[str, tuple[str, ...]]:
    constants: dict[str, list[str]] = {}
    for kind, value in CONSTANT.findall(text):
        constants.setdefault(kind, []).append(value)
    found = {kind: tuple(values.split(";")) for values, kind in CLOSED_TYPE.findall(text)}
    found |= {kind: tuple(constants[kind]) for kind in CLOSED_FIELD.findall(text) if kind in constants}
    return {kind: values for kind, values in sorted(found.items()) if all(value.isidentifier() for value in values)}


def _fields(
    struct: str, structs: dict[str, str], scalars: dict[str, str], enums: dict[str, tuple[str, ...]]
) -> tuple[Field, ...]:
    found: list[Field] = []
    for _, kind, name, inline in LINE.findall(structs[struct]):
        if inline:
            found += _fields(kind, structs, scalars, enums) if kind in structs else ()
        else:
            found.append(_field(name, kind.removeprefix("*"), scalars, enums))
    return tuple(found)


def _field(name: str, kind: str, scalars: dict[str, str], enums: dict[str, tuple[str, ...]]) -> Field:
    pair = re.fullmatch(r"map\[(\w+)\](\w+)", kind)
    element = pair[2] if pair else kind.removeprefix("[]").removeprefix("*")
    if element in scalars and element not in enums:
        resolved = scalars[element]
    else:
        resolved = f".{element}" if "." in element else f".gateway.{element}"
    return Field(
        name=name,
        json_name=name,
        type=resolved,
        key=scalars[pair[1]] if pair else None,
        repeated=kind.startswith("[]"),
        oneof=None,
        deprecated=False,
    )
