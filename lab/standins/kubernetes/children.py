"""What a chart's objects become as resources: names, types, order, secrets. Nothing here speaks to anybody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lab.standins.json_values import Json, JsonObject, Path, dig, mapping, text
from lab.standins.kubernetes.objects import SKIP_AWAIT, token
from lab.standins.properties import Properties

DEFINITION = "CustomResourceDefinition"


@dataclass(frozen=True, kw_only=True)
class Child:
    """One object of a chart, as a resource to be."""

    name: str
    type: str
    values: JsonObject
    needs: tuple[int, ...] = ()


def plan(
    objects: list[JsonObject],
    *,
    prefix: str,
    namespaced: Callable[[JsonObject], bool],
    namespace: str,
    skip_await: bool,
) -> list[Child]:
    """The children in the order of registration: what needs a definition or a namespace of the chart comes after it."""
    ordered = sorted(objects, key=lambda item: _rank(text(item, "kind")))
    definitions = {
        (text(item, "spec", "group"), text(item, "spec", "names", "kind")): at
        for at, item in enumerate(ordered)
        if text(item, "kind") == DEFINITION
    }
    namespaces = {
        text(item, "metadata", "name"): at for at, item in enumerate(ordered) if text(item, "kind") == "Namespace"
    }
    children: list[Child] = []
    for item in ordered:
        metadata = dict(mapping(item, "metadata"))
        name = text(metadata, "name")
        if namespaced(item):
            metadata.setdefault("namespace", namespace)
        else:
            metadata.pop("namespace", None)
        if skip_await:
            metadata["annotations"] = {**mapping(metadata, "annotations"), SKIP_AWAIT: "true"}
        within = text(metadata, "namespace")
        api_version, kind = text(item, "apiVersion"), text(item, "kind")
        group = api_version.rpartition("/")[0]
        needs = {definitions.get((group, kind)), namespaces.get(within)} - {None}
        children.append(
            Child(
                name=f"{prefix}:{within}/{name}" if within else f"{prefix}:{name}",
                type=token(api_version, kind),
                values={**item, "metadata": metadata},
                needs=tuple(at for at in needs if at is not None),
            )
        )
    return children


def secret_words(inputs: Properties) -> tuple[str, ...]:
    """The strings that are secret in a chart's values: they stay secret wherever the chart puts them."""
    found: set[str] = set()
    for path in inputs.secrets:
        found.update(_strings(dig(inputs.values, *path)))
    # A secret of one or two letters would mark half the chart, and is none.
    return tuple(sorted(word for word in found if len(word) > 2))


def secret_paths(value: Json, words: Iterable[str], path: Path = ()) -> frozenset[Path]:
    """The paths of the strings that contain one of the words."""
    if isinstance(value, str):
        return frozenset({path}) if any(word in value for word in words) else frozenset()
    items: Iterable[tuple[str | int, Json]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    return frozenset(found for key, item in items for found in secret_paths(item, words, (*path, key)))


def _strings(value: Json) -> set[str]:
    if isinstance(value, str):
        return {value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {found for item in items for found in _strings(item)}


def _rank(kind: str) -> int:
    return 0 if kind == "Namespace" else 1 if kind == DEFINITION else 2
