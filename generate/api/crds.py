"""CRDs as plain values: the kinds, and what their schemas ask of each message and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generate.api.shapes import MessageType, Module

__all__ = ["Definition", "Limits", "mark_experiments", "read_definitions", "read_limits"]

PACKAGES = {
    "networking.istio.io": "networking",
    "security.istio.io": "security",
    "telemetry.istio.io": "telemetry",
    "extensions.istio.io": "extensions",
    "gateway.networking.k8s.io": "gateway_api",
}
LIMITS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_items",
    "maxItems": "max_items",
    "minProperties": "min_properties",
    "maxProperties": "max_properties",
    "nullable": "nullable",
    "default": "default",
}
Found = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A kind as its CRD defines it; `module` and `class_name` say which message its spec is."""

    kind: str
    group: str
    versions: tuple[str, ...]
    namespaced: bool
    spec_required: bool
    module: str
    class_name: str
    schema: Mapping[str, Any] = field(repr=False)
    """The schema of spec in the newest version."""


@dataclass(kw_only=True)
class Limits:
    """What the schemas ask of one message, wherever it occurs. Values are those of
    components.api.constraints.
    """

    required: list[str]
    one_of: list[list[str]]
    rules: list[dict[str, str]]
    fields: dict[str, Found] = field(default_factory=dict)
    only_somewhere: list[str] = field(default_factory=list)
    """Fields, by JSON name, whose limits differ from place to place: only what holds everywhere is kept."""
    unknown: list[str] = field(default_factory=list)
    """Properties that the schema has and the message does not: old spellings."""
    present: list[str] = field(default_factory=list)
    experimental: list[str] = field(default_factory=list)
    """Fields that only the experimental channel of the Gateway API has."""


def read_definitions(crds: Iterable[Path], modules: list[Module]) -> list[Definition]:
    """All kinds of these files whose specs are among the modules, by group and name."""
    where = {
        (module.name.partition(".")[0], message.path[0]): module.name
        for module in modules
        for message in module.messages
    }
    found = []
    for crd in (each for path in crds for each in yaml.load_all(path.read_text(), yaml.CSafeLoader)):
        if not crd or crd["spec"]["group"] not in PACKAGES:
            continue
        spec = crd["spec"]
        versions = sorted((each for each in spec["versions"] if each["served"]), key=lambda each: _age(each["name"]))
        root = versions[0]["schema"]["openAPIV3Schema"]
        kind, package = spec["names"]["kind"], PACKAGES[spec["group"]]
        # Istio's specs are called as the kind is; those of the Gateway API have Spec at the end.
        class_name = kind if package != "gateway_api" else f"{kind}Spec"
        found.append(
            Definition(
                kind=kind,
                group=spec["group"],
                versions=tuple(each["name"] for each in versions),
                namespaced=spec["scope"] == "Namespaced",
                spec_required="spec" in root.get("required", ()),
                module=where[package, class_name],
                class_name=class_name,
                schema=root["properties"]["spec"],
            )
        )
    return sorted(found, key=lambda each: (each.group, each.kind))


def read_limits(definitions: list[Definition], modules: list[Module]) -> dict[str, Limits]:
    """What all schemas ask of each message that a kind reaches, by the full proto name of the message."""
    messages = {each.full_name: each for module in modules for root in module.messages for each in root.walk()}
    roots = {(module.name, root.path[0]): root for module in modules for root in module.messages}
    limits: dict[str, Limits] = {}
    for each in definitions:
        _collect(each.schema, roots[each.module, each.class_name], messages, limits)
    return limits


def mark_experiments(limits: dict[str, Limits], standard: Mapping[str, Limits]) -> None:
    """Mark the fields that the standard channel does not have."""
    for name, found in limits.items():
        if name in standard:
            found.experimental = [each for each in found.present if each not in standard[name].present]


def _age(version: str) -> tuple[int, int]:
    # Kubernetes' order: v1 before v1beta1 before v1alpha3 before v1alpha2.
    stage = 2 if "alpha" in version else 1 if "beta" in version else 0
    return stage, -int(re.sub(r".*[a-z]", "", version))


def _collect(
    schema: Mapping[str, Any],
    message: MessageType,
    messages: Mapping[str, MessageType],
    limits: dict[str, Limits],
) -> None:
    names = {each.json_name: each for each in message.fields}
    properties = schema.get("properties", {})
    groups: dict[str, list[str]] = {}
    for each in message.fields:
        if each.oneof:
            groups.setdefault(each.oneof, []).append(each.json_name)
    found = Limits(
        required=sorted(schema.get("required", [])),
        one_of=list(groups.values()),
        rules=_rules(schema),
        fields={name: limit for name in names if name in properties and (limit := _field_limits(properties[name]))},
        unknown=sorted(set(properties) - set(names)),
        present=[name for name in names if name in properties],
    )
    for name, schema_of_field in properties.items():
        # Where the type is an enum, it says so itself.
        values = schema_of_field.get("enum") or schema_of_field.get("items", {}).get("enum")
        if values and name in names and not names[name].type.startswith("."):
            found.fields[name] = found.fields.get(name, {}) | {"allowed": values}
    seen = limits.get(message.full_name)
    limits[message.full_name] = _both(seen, found) if seen else found
    for name, child in properties.items():
        inner = messages.get(names[name].type) if name in names else None
        if inner is not None:
            _collect(child.get("items") or child.get("additionalProperties") or child, inner, messages, limits)


def _field_limits(schema: Mapping[str, Any]) -> Found:
    found: Found = {ours: schema[theirs] for theirs, ours in LIMITS.items() if theirs in schema}
    if isinstance(found.get("default"), list | dict):
        del found["default"]
    if schema.get("type") != "object" or "additionalProperties" in schema:
        found |= {"rules": rules} if (rules := _rules(schema)) else {}
    inner = schema.get("items") or schema.get("additionalProperties")
    if isinstance(inner, Mapping) and inner.get("type") != "object" and (limit := _field_limits(inner)):
        found["each"] = limit
    return found


def _rules(schema: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"rule": each["rule"], "message": each.get("message", "")}
        for each in schema.get("x-kubernetes-validations", ())
    ]


def _both(one: Limits, other: Limits) -> Limits:
    names = sorted(set(one.fields) | set(other.fields))
    differing = [name for name in names if one.fields.get(name) != other.fields.get(name)]
    return Limits(
        required=[each for each in one.required if each in other.required],
        one_of=one.one_of,
        rules=[each for each in one.rules if each in other.rules],
        fields={name: one.fields[name] for name in one.fields if name not in differing},
        only_somewhere=sorted({*one.only_somewhere, *other.only_somewhere, *differing}),
        unknown=sorted({*one.unknown, *other.unknown}),
        present=[*one.present, *(each for each in other.present if each not in one.present)],
    )
