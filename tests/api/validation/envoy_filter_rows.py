"""What breaks the rules of EnvoyFilter, beside the warning that every one gets."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["ENVOY_FILTER_ROWS", "ENVOY_FILTER_SPECS"]

WARNED = ("V9001",)
MANAGER = "envoy.filters.network.http_connection_manager"
ROUTER = {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}
HTTP: dict[str, Any] = {
    "workloadSelector": {"labels": {"app": "cart"}},
    "configPatches": [
        {
            "applyTo": "HTTP_FILTER",
            "match": {
                "context": "SIDECAR_INBOUND",
                "proxy": {"proxyVersion": "^1\\.3.*"},
                "listener": {
                    "filterChain": {"filter": {"name": MANAGER, "subFilter": {"name": "envoy.filters.http.router"}}}
                },
            },
            "patch": {"operation": "INSERT_BEFORE", "value": {"name": "again", "typed_config": ROUTER}},
        }
    ],
}
ROUTES: dict[str, Any] = {
    "configPatches": [
        {
            "applyTo": "VIRTUAL_HOST",
            "match": {"routeConfiguration": {"name": "80"}},
            "patch": {"operation": "MERGE", "value": {"require_tls": "ALL"}},
        }
    ]
}
CLUSTER: dict[str, Any] = {
    "configPatches": [{"applyTo": "CLUSTER", "match": {"cluster": {}}, "patch": {"operation": "REMOVE"}}]
}
WAYPOINT: dict[str, Any] = {"configPatches": [{"match": {"context": "WAYPOINT", "waypoint": {}}}]}
STRUCT: dict[str, Any] = {
    "@type": "type.googleapis.com/xds.type.v3.TypedStruct",
    "value": {"typed_config": {}, "@type": "type.googleapis.com/envoy.api.v2.Cluster"},
}
OPAQUE: dict[str, Any] = {
    "configPatches": [
        {
            "applyTo": "NETWORK_FILTER",
            "patch": {"operation": "ADD", "value": {"name": "x", "typed_config": STRUCT}},
        }
    ]
}
PATCH = "configPatches[0]"
AT = "configPatches.0"
FILTER = f"{PATCH}.match.listener.filterChain.filter"
FILTER_AT = f"{AT}.match.listener.filterChain.filter"
VALUE = f"{PATCH}.patch.value"
V2 = {"@type": "type.googleapis.com/envoy.config.filter.http.router.v2.Router"}
ENVOY_FILTER_SPECS = {
    "an HTTP filter": HTTP,
    "routes": ROUTES,
    "a cluster": CLUSTER,
    "a waypoint, which is not looked at": WAYPOINT,
    "a configuration of its own": OPAQUE,
}


def refused(code: str, words: str, spec: dict[str, Any], change: dict[str, Any], path: str) -> Row:
    """Beside the warning."""
    return Row(code, words, spec, change, path, beside=WARNED)


def warned(code: str, words: str, spec: dict[str, Any], change: dict[str, Any], path: str) -> Row:
    """One warning more."""
    return Row(code, words, spec, change, path, Severity.WARNING, WARNED)


ENVOY_FILTER_ROWS = (
    Row("V9001", "one that is empty", {}, {}, "", Severity.WARNING),
    refused("V9004", "nothing to patch", HTTP, {f"{AT}.applyTo": GONE}, f"{PATCH}.applyTo"),
    refused("V9005", "no patch", HTTP, {f"{AT}.patch": GONE}, f"{PATCH}.patch"),
    refused("V9006", "no operation", HTTP, {f"{AT}.patch.operation": "INVALID"}, f"{PATCH}.patch.operation"),
    refused("V9007", "no value", HTTP, {f"{AT}.patch.value": GONE}, VALUE),
    warned(
        "V9008",
        "a long expression",
        HTTP,
        {f"{AT}.match.proxy.proxyVersion": "a" * 1025},
        f"{PATCH}.match.proxy.proxyVersion",
    ),
    refused(
        "V9009", "half a group", HTTP, {f"{AT}.match.proxy.proxyVersion": "1(.3"}, f"{PATCH}.match.proxy.proxyVersion"
    ),
    refused("V9010", "a cluster for a filter", HTTP, {f"{AT}.match": {"cluster": {}}}, f"{PATCH}.match.cluster"),
    warned(
        "V9011",
        "a filter for a listener",
        HTTP,
        {f"{AT}.applyTo": "LISTENER", f"{FILTER_AT}.subFilter": GONE},
        FILTER,
    ),
    refused("V9012", "a filter without name", HTTP, {f"{FILTER_AT}.name": GONE}, f"{FILTER}.name"),
    refused("V9013", "a sub-filter elsewhere", HTTP, {f"{AT}.applyTo": "NETWORK_FILTER"}, f"{FILTER}.subFilter"),
    refused("V9014", "a sub-filter of TCP", HTTP, {f"{FILTER_AT}.name": "envoy.tcp_proxy"}, f"{FILTER}.name"),
    refused("V9015", "no sub-filter", HTTP, {f"{FILTER_AT}.subFilter": {}}, f"{FILTER}.subFilter.name"),
    warned("V9016", "an old name", HTTP, {f"{FILTER_AT}.name": "envoy.http_connection_manager"}, f"{FILTER}.name"),
    warned("V9017", "old below", HTTP, {f"{FILTER_AT}.subFilter.name": "envoy.router"}, f"{FILTER}.subFilter.name"),
    refused("V9018", "a listener for routes", ROUTES, {f"{AT}.match": {"listener": {}}}, f"{PATCH}.match.listener"),
    refused("V9019", "a listener for clusters", CLUSTER, {f"{AT}.match": {"listener": {}}}, f"{PATCH}.match.listener"),
    refused("V9020", "API v2", HTTP, {f"{AT}.patch.value.typed_config": V2}, f'{VALUE}.typed_config["@type"]'),
    refused("V9020", "no type", HTTP, {f"{AT}.patch.value.typed_config": {}}, f"{VALUE}.typed_config"),
    refused("V9020", "a text", HTTP, {f"{AT}.patch.value.typed_config": "a"}, f"{VALUE}.typed_config"),
    warned("V9023", "a name only", HTTP, {f"{AT}.patch.value.typed_config": GONE}, VALUE),
    warned(
        "V9023",
        "a transport socket's name only",
        CLUSTER,
        {f"{AT}.patch": {"operation": "MERGE", "value": {"transport_socket": {"name": "tls"}}}},
        f"{VALUE}.transport_socket",
    ),
    refused("V0132", "a wildcard", HTTP, {"workloadSelector.labels.app": "c*"}, "workloadSelector.labels.app"),
)
