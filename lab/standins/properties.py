"""Pulumi's property values on the wire: protobuf Structs with secrets, unknowns, references and assets marked inside.

The signatures are the engine's (sdk/go/common/resource/properties.go and sig.go). Numbers are doubles on the wire;
whole ones become ints, because the Kubernetes API refuses 80.0 as a port.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from google.protobuf import struct_pb2

from lab.standins.json_values import Json, JsonObject, Path

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


@dataclass(frozen=True, kw_only=True)
class Properties:
    """Plain values, with the paths that are secret and the paths not known yet (their value is UNKNOWN)."""

    values: JsonObject = field(default_factory=dict)
    secrets: frozenset[Path] = frozenset()
    unknowns: frozenset[Path] = frozenset()

    @property
    def known(self) -> bool:
        return not self.unknowns

    def with_values(self, values: JsonObject) -> "Properties":
        """The same marks over other values."""
        return Properties(values=values, secrets=self.secrets, unknowns=self.unknowns)


def decode(struct: struct_pb2.Struct) -> Properties:
    """A Struct from the engine."""
    secrets: set[Path] = set()
    unknowns: set[Path] = set()
    values = {key: _decode(item, (key,), secrets, unknowns) for key, item in struct.fields.items()}
    return Properties(values=values, secrets=frozenset(secrets), unknowns=frozenset(unknowns))


def encode(values: JsonObject, secrets: Iterable[Path] = ()) -> struct_pb2.Struct:
    """A Struct for the engine, with what lies at `secrets` wrapped as secret; paths that lead nowhere are left out."""
    struct = struct_pb2.Struct()
    given = frozenset(secrets)
    # A secret inside a secret would be wrapped twice.
    marked = frozenset(path for path in given if not any(path[:length] in given for length in range(1, len(path))))
    touched = frozenset(path[:length] for path in marked for length in range(len(path) + 1))
    for key, item in values.items():
        _encode(struct.fields[key], item, (key,), marked, touched)
    return struct


def reference(*, urn: str, resource_id: str, version: str) -> JsonObject:
    """A reference to a registered resource, as a property value."""
    return {SIGNATURE: RESOURCE, "urn": urn, "id": resource_id, "packageVersion": version}


def _decode(value: struct_pb2.Value, path: Path, secrets: set[Path], unknowns: set[Path]) -> Json:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        if value.string_value == UNKNOWN:
            unknowns.add(path)
        return str(value.string_value)
    if kind == "struct_value":
        fields = value.struct_value.fields
        signature = fields[SIGNATURE].string_value if SIGNATURE in fields else ""
        if signature == SECRET:
            secrets.add(path)
            return _decode(fields["value"], path, secrets, unknowns)
        if signature == OUTPUT_VALUE:
            if "secret" in fields and fields["secret"].bool_value:
                secrets.add(path)
            if "value" in fields:
                return _decode(fields["value"], path, secrets, unknowns)
            unknowns.add(path)
            return UNKNOWN
        return {key: _decode(item, (*path, key), secrets, unknowns) for key, item in fields.items()}
    if kind == "list_value":
        return [_decode(item, (*path, at), secrets, unknowns) for at, item in enumerate(value.list_value.values)]
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return bool(value.bool_value)
    return None


def _encode(
    target: struct_pb2.Value, value: Json, path: Path, marked: frozenset[Path], touched: frozenset[Path]
) -> None:
    if path in marked:
        fields = target.struct_value.fields
        fields[SIGNATURE].string_value = SECRET
        target = fields["value"]
    if isinstance(value, str):
        target.string_value = value
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif value is None:
        target.null_value = struct_pb2.NULL_VALUE
    elif isinstance(value, list):
        values = target.list_value.values
        for at, item in enumerate(value):
            _encode(values.add(), item, (*path, at), marked, touched)
        if not value:
            target.list_value.SetInParent()
    elif path in touched:
        for key, item in value.items():
            _encode(target.struct_value.fields[key], item, (*path, key), marked, touched)
        if not value:
            target.struct_value.SetInParent()
    else:
        # No secret below: the library's own loop is faster than one call a value.
        target.struct_value.update(value)
        if not value:
            target.struct_value.SetInParent()
