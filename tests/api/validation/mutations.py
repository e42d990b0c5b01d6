"""Documents of each of Istio's kinds, valid ones with one to three things changed: most of what can be wrong with one.

A document is told by its kind and a number, and is the same each time. Values inside of an EnvoyFilter's patch and of a
plugin's configuration stay as they are: what Envoy asks of them needs its own definitions, which validation leaves out.
"""

from __future__ import annotations

import copy
import json
import typing
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, partial
from random import Random
from typing import Any, NamedTuple

import msgspec

from components.api import Duration, Resource, encode
from components.api.registry import Kind, class_of, kinds
from components.api.tidying import element_type
from components.api.validation import KINDS as VALIDATED
from components.manifests import documents
from components.model import Mesh
from tests import example_connections, example_policies
from tests.api.validation.http_action_rows import HTTP_ACTION_ROWS
from tests.api.validation.http_route_rows import HTTP_ROUTE_ROWS
from tests.api.validation.mutation_values import (
    ANNOTATIONS,
    DURATIONS,
    FLOATS,
    INTEGERS,
    KEYS,
    LABELS,
    NAMES,
    TEXTS,
)
from tests.api.validation.rows import Row, changed
from tests.api.validation.test_policy_kinds import ROWS as POLICY_ROWS
from tests.api.validation.test_policy_kinds import SPECS as POLICY_SPECS
from tests.api.validation.test_traffic_kinds import ROWS as TRAFFIC_ROWS
from tests.api.validation.test_traffic_kinds import SPECS as TRAFFIC_SPECS
from tests.api.validation.virtual_service_rows import VIRTUAL_SERVICE_ROWS
from tests.api.validation.virtual_service_specs import VALID
from tests.api.validation.whole_specs import WHOLE_SPECS
from tests.example_guarded_mesh import guarded_mesh
from tests.example_mesh import mesh_with_everything
from tests.example_routing import mesh_with_every_route
from tests.model.routing_strategies import mesh_of

__all__ = ["KINDS", "ROWS", "SPECS", "document", "fields_set", "mutant"]

Item = dict[str, Any]

KINDS: Mapping[str, Kind] = {each.name: each for each in kinds() if (each.group, each.name) in VALIDATED}
ROWS: Mapping[str, Sequence[Row]] = {
    **TRAFFIC_ROWS,
    **POLICY_ROWS,
    "VirtualService": (*VIRTUAL_SERVICE_ROWS, *HTTP_ROUTE_ROWS, *HTTP_ACTION_ROWS),
}
"""What breaks a rule, by kind."""
SPECS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {**TRAFFIC_SPECS, **POLICY_SPECS, "VirtualService": VALID}
"""What breaks none, by kind and in words."""

MESHES: Sequence[Callable[[], Mesh]] = (
    mesh_with_everything,
    mesh_with_every_route,
    guarded_mesh,
    *example_connections.MESHES.values(),
    *example_policies.MESHES.values(),
    *(partial(mesh_of, seed) for seed in range(10)),
)


def document(kind: str, spec: Mapping[str, Any], **metadata: Any) -> Item:
    """A document of the kind in the newest version that is served."""
    names = {"name": "judged", "namespace": "judged", **metadata}
    # The tables are of namespace shop; what a document says of its own namespace is to stay true.
    here = json.loads(json.dumps(spec).replace("configmap://shop/", f"configmap://{names['namespace']}/"))
    return {"apiVersion": KINDS[kind].api_version, "kind": kind, "metadata": names, "spec": here}


def mutant(kind: str, number: int) -> Item:
    """A document of the kind, with one to three changes to a valid one."""
    random = Random(f"{kind} {number}")
    made = document(kind, random.choice(_valid(kind)))
    for _ in range(random.choices((1, 2, 3), weights=(5, 3, 2))[0]):
        if random.random() < 0.03:
            _change_metadata(made["metadata"], random)
        else:
            _change(kind, made, random)
    return made


def fields_set(kind: str) -> set[str]:
    """The fields that documents of the kind have before they are changed, such as OutlierDetection.interval."""
    found = set()
    for spec in _seen(kind):
        for place in _places({"spec": spec}, "spec", class_of(KINDS[kind]), "spec"):
            value = place.holder[place.key]
            if _is_message(place.wanted) and isinstance(value, dict):
                found |= {f"{place.wanted.__qualname__}.{name}" for name in value}
    return found


class Place(NamedTuple):
    """Where a value stands: `holder[key]`, and what it may be."""

    holder: Any
    key: Any
    wanted: Any
    field: str
    """The nearest field above that has a name."""


@cache
def _valid(kind: str) -> list[Item]:
    """Specs, from the tables and from meshes; those of a kind that the model never writes are the tables' only."""
    # What is written by hand has more fields, and the meshes have more documents of a few kinds.
    by_hand = [*SPECS[kind].values(), *WHOLE_SPECS.get(kind, ())]
    return [dict(spec) for spec in [*by_hand, *by_hand, *_written()[kind]]]


def _seen(kind: str) -> list[Item]:
    """Those, and what breaks a rule."""
    return [*_valid(kind), *(changed(row.spec, row.change) for row in ROWS[kind])]


@cache
def _written() -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for make in MESHES:
        mesh: Mesh = make()
        for each in documents(mesh):
            if isinstance(each, Resource) and each.kind in KINDS:
                spec = encode(each)["spec"]
                if spec not in found[each.kind]:
                    found[each.kind].append(spec)
    return found


@cache
def _pool(kind: str) -> Mapping[tuple[Any, str], list[Any]]:
    """Values seen in a field of the kind, valid ones and others, by what they may be and the name of the field."""
    found: dict[tuple[Any, str], list[Any]] = defaultdict(list)
    for spec in _seen(kind):
        for place in _places({"spec": spec}, "spec", class_of(KINDS[kind]), "spec"):
            value, seen = place.holder[place.key], found[place.wanted, place.field]
            if value not in seen:
                seen.append(value)
    return found


def _change(kind: str, made: Item, random: Random) -> None:
    cls = class_of(KINDS[kind])
    places = list(_places(made, "spec", cls, "spec"))
    place = random.choice(places)
    change = random.choices(
        (_drop, _empty, _replace, _graft, _grow, _add_field, _rename, _spoil), weights=(10, 8, 26, 16, 8, 26, 4, 2)
    )[0]
    if change is _add_field:
        messages = [each for each in places if _is_message(each.wanted) and isinstance(each.holder[each.key], dict)]
        place = random.choice(messages) if messages else place
    change(place, kind, random)


def _places(holder: Any, key: Any, wanted: Any, field: str) -> Iterator[Place]:
    wanted = element_type(wanted)
    yield Place(holder, key, wanted, field)
    value, origin, arguments = holder[key], typing.get_origin(wanted), typing.get_args(wanted)
    if origin is tuple and isinstance(value, list):
        for index in range(len(value)):
            yield from _places(value, index, arguments[0], field)
    elif origin not in (None, tuple) and not _is_opaque(wanted) and isinstance(value, dict):
        for each in value:
            yield from _places(value, each, arguments[1], field)
    elif _is_message(wanted) and isinstance(value, dict):
        types = _fields(wanted)
        for each in value:
            if each in types:
                yield from _places(value, each, types[each], each)


@cache
def _fields(cls: type[msgspec.Struct]) -> Mapping[str, Any]:
    return {each.encode_name: element_type(each.type) for each in msgspec.structs.fields(cls)}


def _is_message(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)


def _is_opaque(wanted: Any) -> bool:
    """Whether any JSON may stand there: the value of a patch, the configuration of a plugin."""
    return wanted is Any or (typing.get_origin(wanted) not in (None, tuple) and typing.get_args(wanted)[1] is Any)


def _drop(place: Place, kind: str, random: Random) -> None:
    if place.field == "spec" and place.key == "spec":
        place.holder[place.key] = {}
    else:
        del place.holder[place.key]


def _empty(place: Place, kind: str, random: Random) -> None:
    origin = typing.get_origin(place.wanted)
    if random.random() < 0.1 and isinstance(place.key, str):
        place.holder[place.key] = None
    elif origin is tuple:
        place.holder[place.key] = []
    elif origin is not None or _is_opaque(place.wanted) or _is_message(place.wanted):
        place.holder[place.key] = {}
    elif place.wanted in (int, float):
        place.holder[place.key] = 0
    else:
        place.holder[place.key] = False if place.wanted is bool else ""


def _replace(place: Place, kind: str, random: Random) -> None:
    if not _is_opaque(place.wanted):
        place.holder[place.key] = _value(place.wanted, place.field, kind, random)


def _graft(place: Place, kind: str, random: Random) -> None:
    """A value of the same field from another document."""
    seen = _pool(kind).get((place.wanted, place.field))
    if seen and not _is_opaque(place.wanted):
        place.holder[place.key] = copy.deepcopy(random.choice(seen))


def _grow(place: Place, kind: str, random: Random) -> None:
    """A list gets an item more, one that it has or another."""
    value = place.holder[place.key]
    if isinstance(value, list) and typing.get_origin(place.wanted) is tuple:
        item = random.choice(value) if value and random.random() < 0.5 else None
        item = _value(typing.get_args(place.wanted)[0], place.field, kind, random) if item is None else item
        value.append(copy.deepcopy(item))
    elif isinstance(place.holder, list):
        place.holder.append(copy.deepcopy(value))


def _add_field(place: Place, kind: str, random: Random) -> None:
    """A field that is not set, so that two of a group may be set together."""
    value = place.holder[place.key]
    if _is_message(place.wanted) and isinstance(value, dict):
        unset = [name for name, wanted in _fields(place.wanted).items() if name not in value and not _is_opaque(wanted)]
        if unset:
            name = random.choice(unset)
            value[name] = _value(_fields(place.wanted)[name], name, kind, random)


def _rename(place: Place, kind: str, random: Random) -> None:
    """A key of a map becomes another."""
    value, origin = place.holder[place.key], typing.get_origin(place.wanted)
    if origin not in (None, tuple) and not _is_opaque(place.wanted) and isinstance(value, dict) and value:
        old = random.choice(list(value))
        numbers = typing.get_args(place.wanted)[0] is int
        value[str(random.choice(INTEGERS)) if numbers else random.choice(KEYS)] = value.pop(old)


def _spoil(place: Place, kind: str, random: Random) -> None:
    """A value of another type, or a field that there is not."""
    value = place.holder[place.key]
    if _is_message(place.wanted) and isinstance(value, dict):
        value[random.choice(["bogus", "Host", "match_labels"])] = "a"
    elif not _is_opaque(place.wanted):
        place.holder[place.key] = random.choice(["a", "1", 1, 1.5, True, [], ["a"], {}, {"a": "b"}])


def _value(wanted: Any, field: str, kind: str, random: Random, depth: int = 0) -> Any:
    """One that has been seen in the field of the kind, or another of its type."""
    wanted = element_type(wanted)
    seen = _pool(kind).get((wanted, field), [])
    if seen and random.random() < 0.4:
        return copy.deepcopy(random.choice(seen))
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is tuple:
        if wanted == tuple[str, ...] and random.random() < 0.1:
            return []
        return [_value(arguments[0], field, kind, random, depth + 1) for _ in range(random.choice((1, 1, 1, 2)))]
    if origin is not None and not _is_opaque(wanted):
        key = str(random.choice(INTEGERS)) if arguments[0] is int else random.choice(KEYS)
        return {key: _value(arguments[1], field, kind, random, depth + 1)}
    if _is_opaque(wanted):
        return {}
    if _is_message(wanted):
        names = list(_fields(wanted))
        chosen = random.sample(names, min(len(names), random.choice((0, 1, 1, 2, 2, 3)))) if depth < 4 else []
        return {each: _value(_fields(wanted)[each], each, kind, random, depth + 1) for each in chosen}
    if issubclass(wanted, Enum):
        return random.choice([*(each.value for each in wanted), *(each.value for each in wanted), "NONSENSE"])
    values: dict[Any, Sequence[Any]] = {
        str: TEXTS,
        int: INTEGERS,
        float: FLOATS,
        bool: (True, False),
        Duration: DURATIONS,
    }
    return random.choice(values[wanted])


def _change_metadata(metadata: Item, random: Random) -> None:
    kind = random.choice(("name", "labels", "annotations"))
    if kind == "name":
        metadata["name"] = random.choice(NAMES)
    else:
        name, value = random.choice(LABELS if kind == "labels" else ANNOTATIONS)
        metadata[kind] = {name: value}
