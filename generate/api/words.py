"""One line for each message and field: ours from words.toml where there is one, else derived from type and
limits.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from generate.api.crds import Limits
from generate.api.shapes import EnumType, Field, MessageType

__all__ = ["Words"]

FILE = Path(__file__).with_name("words.toml")
TYPES = {
    "str": "text",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "DurationValue": "a length of time",
    "Mapping[str, JSON]": "any JSON object",
    "JSON": "any JSON",
}
ACRONYMS = {"CA", "CORS", "CRL", "GRPC", "HTTP", "IP", "JWT", "LB", "SNI", "TCP", "TLS", "TTL", "URI", "URL", "VM"}
# Said of nearly every whole number, because the protobuf type is unsigned; it tells a reader nothing.
UNSIGNED = (0, 4294967295)


class Words:
    """The descriptions, and a record of which of ours were used."""

    def __init__(self, ours: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._ours = tomllib.loads(FILE.read_text()) if ours is None else ours
        self._used: set[tuple[str, str]] = set()

    def of_message(self, module: str, message: MessageType | EnumType) -> str:
        """The docstring of a class, one sentence."""
        name = ".".join(message.path)
        own = self._own(f"{module}.{name}", "_")
        return own or f"{_capitalised(_spaced(message.path[-1]))}{_within(message.path)}."

    def of_field(self, module: str, message: MessageType, field: Field, name: str, limits: Limits | None) -> str:
        """What a field means, its unit, what the CRD allows, and what it goes together with."""
        own = self._own(f"{module}.{'.'.join(message.path)}", name)
        derived = f"{_capitalised(_spaced(field.json_name))}: {_of_type(field)}."
        return " ".join([own or derived, *_facts(message, field, limits)])

    def unused(self) -> list[str]:
        """Entries of words.toml that describe nothing that was written."""
        return [
            f"{table}.{key}" for table, keys in self._ours.items() for key in keys if (table, key) not in self._used
        ]

    def _own(self, table: str, key: str) -> str | None:
        found = self._ours.get(table, {}).get(key)
        if found is not None:
            self._used.add((table, key))
        return found


def _spaced(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).replace("_", " ").split()
    return " ".join(word.upper() if word.upper() in ACRONYMS else word.lower() for word in words)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _within(path: tuple[str, ...]) -> str:
    return f" of {path[-2]}" if len(path) > 1 else ""


def _of_type(field: Field) -> str:
    kind = TYPES.get(field.type) or f"{field.type.rpartition('.')[2]}"
    if field.key:
        return f"{kind} by {'number' if field.key == 'int' else 'name'}"
    return f"list of {kind}" if field.repeated else kind


def _facts(message: MessageType, field: Field, limits: Limits | None) -> Iterable[str]:
    if limits and field.json_name in limits.required:
        yield "Required."
    found = limits.fields.get(field.json_name, {}) if limits else {}
    if "allowed" in found:
        yield f"One of {', '.join(map(str, found['allowed']))}."
    low, high = found.get("minimum"), found.get("maximum")
    if (low, high) != UNSIGNED and (low is not None or high is not None):
        yield (
            f"{low} to {high}."
            if None not in (low, high)
            else f"At least {low}."
            if high is None
            else f"At most {high}."
        )
    for key, unit in (("length", "characters"), ("items", "items"), ("properties", "entries")):
        if f"min_{key}" in found and f"max_{key}" in found:
            yield f"{found[f'min_{key}']} to {found[f'max_{key}']} {unit}."
        elif f"min_{key}" in found:
            yield f"At least {found[f'min_{key}']} {unit}."
        elif f"max_{key}" in found:
            yield f"At most {found[f'max_{key}']} {unit}."
    if any(each["rule"] == "duration(self) >= duration('1ms')" for each in found.get("rules", ())):
        yield "At least 1 ms."
    if any(each["rule"] == "0 < self && self <= 65535" for each in found.get("rules", ())):
        yield "1 to 65535."
    together = [each.json_name for each in message.fields if field.oneof and each.oneof == field.oneof]
    if len(together) > 1:
        yield f"Set one at most of {', '.join(together)}."
    if "default" in found:
        yield f"Not set: {found['default']}."
    if limits and field.json_name in limits.experimental:
        yield "Experimental channel only."
    if field.deprecated:
        yield "Deprecated."
