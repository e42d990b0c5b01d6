"""The value of a patch of an EnvoyFilter, as far as it can be told without Envoy's own definitions.

May live here: what every value of Envoy's has in common. May not live here: the fields of its messages. istiod decodes
the value as the message it is for; here a type of API v2, and a configuration without a type, are known to be refused
(V9020), and a filter by name only to be warned of (V9023). Fields that are misspelt or of a wrong type (the rest of
V9020, and V9021) are not found. V9022 is not used: no type of the libraries that istiod has is frozen any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from components.api.json import JSON
from components.api.networking.envoy_filter import EnvoyFilter
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check_value"]

CODES = {
    "V9020": "a patch value is not of the type that it is for",
    "V9023": "a patch value names a filter without its typed configuration",
}

ApplyTo = EnvoyFilter.ApplyTo
TYPE = "@type"
TYPED_CONFIG = ("typed_config", "typedConfig")
DISCOVERY = ("config_discovery", "configDiscovery")
FILTERS = (ApplyTo.HTTP_FILTER, ApplyTo.NETWORK_FILTER, ApplyTo.LISTENER_FILTER, ApplyTo.EXTENSION_CONFIG)
# Fields of a cluster or filter chain that are a name and a typed configuration.
EXTENSIONS = ("transport_socket", "transportSocket", "cluster_type", "clusterType", "upstream_config", "upstreamConfig")
OLD_VERSION = re.compile(r"(?:^|/)envoy\.(?:[a-z0-9_]+\.)*v2(?:alpha[0-9]*)?\.[A-Z]")
# What is in these is data of its own, not messages of Envoy's.
OPAQUE = re.compile(r"(?:^|/)(?:google\.protobuf\.Struct|(?:udpa|xds)\.type\.v[0-9]+\.TypedStruct)$")


def check_value(applied: ApplyTo, value: Mapping[str, JSON] | None, path: str, report: Report) -> None:
    """The value of a patch; None: that of one that removes."""
    if value is None:
        return
    # A field that the message does not have is only ignored, so at the top of others typed_config is not looked at.
    known = value if applied in FILTERS else {name: each for name, each in value.items() if name not in TYPED_CONFIG}
    wrong = list(_wrong_types(known, path))
    for where, message, remedy in wrong:
        report.refuse("V9020", where, message, remedy)
    if wrong:
        return
    if applied in FILTERS:
        _check_typed(value, path, applied is not ApplyTo.EXTENSION_CONFIG, report)
    elif applied in (ApplyTo.CLUSTER, ApplyTo.FILTER_CHAIN):
        for name in EXTENSIONS:
            extension = value.get(name)
            if isinstance(extension, Mapping):
                _check_typed(extension, f"{path}.{name}", False, report)


def _check_typed(value: Mapping[str, JSON], path: str, discovery_allowed: bool, report: Report) -> None:
    allowed = TYPED_CONFIG + (DISCOVERY if discovery_allowed else ())
    if not any(value.get(name) is not None for name in allowed):
        message = f"{value.get('name', '')!r} is given without typed_config"
        report.warn("V9023", path, message, "Give typed_config with the @type of the filter's configuration.")


def _wrong_types(value: Any, path: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _wrong_types(each, f"{path}[{index}]")
    if not isinstance(value, Mapping):
        return
    kind = value.get(TYPE)
    if isinstance(kind, str) and OLD_VERSION.search(kind):
        yield f'{path}["{TYPE}"]', f"{kind!r} is a type of API v2, which is gone", "Give the type of API v3."
        return
    if isinstance(kind, str) and OPAQUE.search(kind):
        return
    for name, each in value.items():
        inner = entry_path(path, name)
        if name in TYPED_CONFIG and each is not None:
            if not isinstance(each, Mapping):
                yield inner, f"{each!r} is no object", f"Give an object with {TYPE}."
                continue
            if not isinstance(each.get(TYPE), str):
                yield inner, f"an object without {TYPE}", f"Give {TYPE}, such as type.googleapis.com/envoy...v3.NAME."
        yield from _wrong_types(each, inner)
