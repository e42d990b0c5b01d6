"""Istio's protos as messages and enums: protoc's descriptors, with maps and oneofs resolved."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2

from generate.api.shapes import EnumType, Field, MessageType, Module

__all__ = ["read_modules"]

FOLDERS = (
    "networking/v1alpha3",
    "networking/v1beta1",
    "security/v1beta1",
    "telemetry/v1alpha1",
    "extensions/v1alpha1",
    "type/v1beta1",
)
SCALARS = {
    "TYPE_STRING": "str",
    "TYPE_BOOL": "bool",
    "TYPE_BYTES": "str",
    "TYPE_DOUBLE": "float",
    "TYPE_FLOAT": "float",
    "TYPE_INT32": "int",
    "TYPE_INT64": "int",
    "TYPE_UINT32": "int",
    "TYPE_UINT64": "int",
}
WELL_KNOWN = {
    "Duration": "DurationValue",
    "Struct": "Mapping[str, JSON]",
    "Value": "JSON",
    "StringValue": "str",
    "BoolValue": "bool",
    "DoubleValue": "float",
    "Int32Value": "int",
    "Int64Value": "int",
    "UInt32Value": "int",
    "UInt64Value": "int",
}


def read_modules(folder: Path) -> list[Module]:
    """Every proto file of Istio's configuration in that checkout of istio.io/api."""
    files = sorted(str(path.relative_to(folder)) for each in FOLDERS for path in (folder / each).glob("*.proto"))
    with tempfile.TemporaryDirectory() as out:
        result = Path(out, "descriptors")
        command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{folder}", f"-I{folder / 'common-protos'}"]
        subprocess.run([*command, f"--descriptor_set_out={result}", *files], check=True)
        descriptors = descriptor_pb2.FileDescriptorSet.FromString(result.read_bytes())
    return [_module(each) for each in descriptors.file]


def _module(file: Any) -> Module:
    package, _, leaf = file.name.removesuffix(".proto").split("/")
    return Module(
        origin=f"Istio's {file.name}",
        source="istio.io/api",
        name=f"{package}.{leaf}",
        messages=tuple(_message(each, f".{file.package}", ()) for each in file.message_type),
        enums=tuple(_enum(each, f".{file.package}", ()) for each in file.enum_type),
    )


def _message(message: Any, scope: str, outer: tuple[str, ...]) -> MessageType:
    full_name, path = f"{scope}.{message.name}", (*outer, message.name)
    entries = {f"{full_name}.{each.name}": each for each in message.nested_type if each.options.map_entry}
    nested = [each for each in message.nested_type if not each.options.map_entry]
    return MessageType(
        full_name=full_name,
        path=path,
        fields=tuple(_field(each, message, entries) for each in message.field),
        messages=tuple(_message(each, full_name, path) for each in nested),
        enums=tuple(_enum(each, full_name, path) for each in message.enum_type),
    )


def _enum(enum: Any, scope: str, outer: tuple[str, ...]) -> EnumType:
    return EnumType(
        full_name=f"{scope}.{enum.name}",
        path=(*outer, enum.name),
        values=tuple(each.name for each in enum.value),
    )


def _field(proto: Any, message: Any, entries: dict[str, Any]) -> Field:
    entry = entries.get(proto.type_name)
    return Field(
        name=proto.name,
        json_name=proto.json_name,
        type=_type(entry.field[1] if entry else proto),
        key=_type(entry.field[0]) if entry else None,
        repeated=entry is None and proto.label == descriptor_pb2.FieldDescriptorProto.LABEL_REPEATED,
        oneof=message.oneof_decl[proto.oneof_index].name if proto.HasField("oneof_index") else None,
        deprecated=proto.options.deprecated,
    )


def _type(proto: Any) -> str:
    kind = descriptor_pb2.FieldDescriptorProto.Type.Name(proto.type)
    if kind in SCALARS:
        return SCALARS[kind]
    name: str = proto.type_name
    return WELL_KNOWN[name.rpartition(".")[2]] if name.startswith(".google.protobuf.") else name
