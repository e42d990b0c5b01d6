"""Whether inputs have the shape of the schema. Programs that are typed are checked by their language; others here."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import pulumi
from pulumi.provider.experimental.analyzer import PropertyDefinition, PropertyType, TypeDefinition

SHAPES: Mapping[PropertyType, tuple[type | tuple[type, ...], str]] = {
    PropertyType.STRING: (str, "text"),
    PropertyType.BOOLEAN: (bool, "true or false"),
    PropertyType.OBJECT: (Mapping, "an object"),
    PropertyType.ARRAY: (list, "a list"),
}

Properties = Mapping[str, PropertyDefinition]


def require_fitting(
    component: str, inputs: Mapping[str, Any], properties: Properties, types: Mapping[str, TypeDefinition]
) -> None:
    """Raises `pulumi.RunError` for an input that is not known, missing, or of another type than the schema says."""
    _require_fields(component, "", inputs, properties, types)


def _require_fields(
    owner: str, path: str, given: Mapping[str, Any], properties: Properties, types: Mapping[str, TypeDefinition]
) -> None:
    for name in given:
        if name not in properties:
            close = get_close_matches(name, properties, n=1)
            hint = f"Did you mean {close[0]}? " if close else ""
            raise pulumi.RunError(f"{owner} has no input {path + name!r}. {hint}Allowed: {', '.join(properties)}.")
    for name, declared in properties.items():
        value = given.get(name)
        if value is not None:
            _require_value(path + name, value, declared, types)
        elif not declared.optional:
            needed = [each for each, other in properties.items() if not other.optional]
            raise pulumi.RunError(f"{owner} has no {path + name}; give it, it needs {' and '.join(needed)}.")


def _require_value(path: str, given: Any, declared: PropertyDefinition, types: Mapping[str, TypeDefinition]) -> None:
    if isinstance(given, pulumi.Output):
        if declared.plain:
            raise pulumi.RunError(
                f"{path}: this is an output of a resource or a secret, and it must be known before anything is made. "
                "Give the value itself; images and certificates take outputs."
            )
        return
    owner = types.get(declared.ref.rpartition(":")[2]) if declared.ref else None
    kind = owner.type if owner else declared.type
    if kind is None:
        return
    wanted, words = SHAPES[kind]
    if not isinstance(given, wanted):
        raise pulumi.RunError(f"{path}: expected {words}, got {given!r}.")
    value: Any = given  # the check above is one at run time, of a type that no checker knows
    if owner:
        _require_fields(owner.name, f"{path}.", value, owner.properties, types)
    elif declared.additional_properties:
        for key, part in value.items():
            _require_value(f"{path}.{key}", part, declared.additional_properties, types)
    elif declared.items:
        for place, part in enumerate(value):
            _require_value(f"{path}[{place}]", part, declared.items, types)
