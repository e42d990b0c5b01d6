"""What is kept of an object: the live object and, beside it, the inputs, first apiVersion and field manager.

The shape is the official plugin's, so that a stack can change from the one to the other.
"""

import copy
import os

from lab.standins.json_values import Json, JsonObject, Path, dig, mapping, sequence, text, without
from lab.standins.properties import UNKNOWN, Properties

INPUTS = "__inputs"
INITIAL_API_VERSION = "__initialApiVersion"
MANAGER = "__fieldManager"
OWN_KEYS = (INPUTS, INITIAL_API_VERSION, MANAGER)
# Set by the server for each object anew: unknown until the object is made.
SERVER_METADATA = ("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink")


def checkpoint(*, live: JsonObject, declared: Properties, manager: str, old: JsonObject) -> Properties:
    """The state after an operation; secret wherever the input is, and all data of a Secret."""
    kept: JsonObject = dict(live)
    kept[INPUTS] = declared.values
    kept[INITIAL_API_VERSION] = text(old, INITIAL_API_VERSION) or text(live, "apiVersion")
    kept[MANAGER] = manager
    marks = declared.secrets | always_secret(live)
    return Properties(values=kept, secrets=marks | {(INPUTS, *path) for path in marks})


def always_secret(value: JsonObject) -> frozenset[Path]:
    """The paths that are secret whatever the program says."""
    if value.get("kind") != "Secret" or text(value, "apiVersion") != "v1":
        return frozenset()
    return frozenset({("data",), ("stringData",)})


def live_of(state: JsonObject) -> JsonObject:
    """The live object in a state."""
    return without(state, *OWN_KEYS)


def manager_of(state: JsonObject, declared: JsonObject) -> str:
    """The field manager of a resource: the one asked for, the one it has, or a new one of its own."""
    asked = text(declared, "metadata", "annotations", "pulumi.com/patchFieldManager")
    return asked or text(state, MANAGER) or f"pulumi-kubernetes-{os.urandom(4).hex()}"


def to_be_made(expected: JsonObject) -> JsonObject:
    """A dry run's answer, or the inputs, as the outputs of a preview: what only the real operation decides is not told.

    A Service's addresses are marked unknown, because programs use them; the rest is left out, since one unknown field
    would make all of `metadata` unknown to a program that applies to it as a whole.
    """
    shown = copy.deepcopy(without(expected, "status"))
    metadata = mapping(shown, "metadata")
    for name in SERVER_METADATA:
        metadata.pop(name, None)
    if shown.get("kind") == "Service":
        spec = mapping(shown, "spec")
        if text(spec, "clusterIP") != "None" and text(spec, "type") != "ExternalName":
            spec["clusterIP"] = spec["clusterIPs"] = UNKNOWN
        for port in sequence(spec, "ports"):
            if isinstance(port, dict) and "nodePort" in port:
                port["nodePort"] = UNKNOWN
    return shown


def settled(live: JsonObject) -> JsonObject:
    """The part of an object that only a person or a controller's decision changes: no status, no bookkeeping."""
    kept = without(live, "status", *OWN_KEYS)
    kept["metadata"] = without(mapping(live, "metadata"), *SERVER_METADATA)
    return kept


def live_inputs(declared: Json, live: Json) -> Json:
    """The declared fields with the values the live object has now; a field it has no more is left out."""
    if isinstance(declared, dict) and isinstance(live, dict):
        return {key: live_inputs(item, live[key]) for key, item in declared.items() if key in live}
    if isinstance(declared, list) and isinstance(live, list):
        return _live_list(declared, live)
    return live


def imported_inputs(live: JsonObject) -> JsonObject:
    """Inputs for an object that was made by others."""
    return settled(live)


def _live_list(declared: list[Json], live: list[Json]) -> list[Json]:
    # Lists of named entries (containers, ports, volumes) are merged by name, so others may have added entries.
    names = [dig(item, "name") for item in declared]
    if declared and all(isinstance(name, str) for name in names):
        there = {dig(item, "name"): item for item in live}
        return [live_inputs(item, there[name]) for item, name in zip(declared, names, strict=True) if name in there]
    paired = [live_inputs(item, other) for item, other in zip(declared, live, strict=False)]
    return paired + live[len(paired) :]
