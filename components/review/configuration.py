"""What changes in the configuration that istiod itself reads: the ConfigMap whose `mesh` is Istio's MeshConfig in YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from components.api import JSON
from components.review.differences import differences
from components.review.fields import arrow, described
from components.review.lines import Line, Topic, mark_of
from components.review.marking import value
from components.review.objects import Key, Object

FIELDS = {"mesh": "mesh configuration", "meshNetworks": "mesh networks"}
"""Fields of the ConfigMap, and what they are."""


def is_configuration(key: Key, *found: Object | None) -> bool:
    """Whether it is that ConfigMap: called istio, or istio- and a revision, with a field `mesh`."""
    named = key.group == "" and key.kind == "ConfigMap" and key.name.partition("-")[0] == "istio"
    return named and any(each is not None and "mesh" in _data(each) for each in found)


def changes(key: Key, old: Object | None, new: Object | None) -> Iterator[Line]:
    """Either side may lack it."""
    for field, word in FIELDS.items():
        before, after = _read(old, field), _read(new, field)
        if before == after:
            continue
        who, mark = f"{word} in namespace {value(key.namespace)}", mark_of(before, after)
        if before is None or after is None:
            told = f"new: {who}: {described(after)}" if after is not None else f"gone: {who}"
        else:
            told = f"{who}: {', '.join(arrow(change) for change in differences(before, after))}"
        yield Line(Topic.CONFIGURATION, mark, told)


def _read(found: Object | None, field: str) -> Mapping[str, JSON] | None:
    text = _data(found).get(field) if found is not None else None
    try:
        read = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if isinstance(text, str) else None
    except yaml.YAMLError:
        return {field: text}
    return read if isinstance(read, Mapping) else None


def _data(found: Object) -> Mapping[str, JSON]:
    data = found.document.get("data")
    return data if isinstance(data, Mapping) else {}
