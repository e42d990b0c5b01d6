"""A part of a spec in the smallest document of its kind that is valid but for it.

Nothing of a case is put right here: what is around the part is the same for all parts of its sort.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from components.api.registry import kinds
from tests.parity.cases import WebhookCase

__all__ = ["NO_DOCUMENT", "document_of", "is_part"]

NO_DOCUMENT = {633: "the test hands a message of another kind to the rules, which no document can"}
"""Cases that cannot be written as a document, and why."""

# The cases do not say which namespace their test is in. One of Sidecar's has "bar/" for its own namespace by its name.
NAMESPACES = {"TestValidateSidecar": "bar"}
DESTINATION = {"destination": {"host": "reviews"}}
# A whole spec is handed over under one of these names.
WHOLE = {kind.name: kind.api_version for kind in kinds() if kind.group.endswith(".istio.io")}

Part = Callable[[Any, Mapping[str, Any]], dict[str, Any]]


def document_of(case: WebhookCase) -> dict[str, Any]:
    """The case as a document, with the name, labels and annotations that its test gives."""
    message = case.message.partition(".")[2]
    metadata: dict[str, Any] = {
        "name": case.surroundings.get("configName", "case"),
        "namespace": NAMESPACES.get(case.test, "cases"),
    }
    for each in ("labels", "annotations"):
        if case.surroundings.get(each):
            metadata[each] = case.surroundings[each]
    spec = case.value if message == case.kind else _embed(case, message)
    return {"apiVersion": WHOLE[case.kind], "kind": case.kind, "metadata": metadata, "spec": spec}


def is_part(case: WebhookCase) -> bool:
    """Whether only a part of a spec is handed over."""
    return case.message.partition(".")[2] != case.kind


def _embed(case: WebhookCase, message: str) -> dict[str, Any]:
    # The same message is looked at with other eyes in a delegate, which is a virtual service without hosts.
    in_delegate = case.test == "TestValidateDelegateHTTPRoute"
    return PARTS["delegate" if in_delegate else message](case.value, case.surroundings)


def _virtual_service(route: Any) -> dict[str, Any]:
    return {"hosts": ["reviews"], "http": [route]}


def _routed(**parts: Any) -> dict[str, Any]:
    return _virtual_service({"route": [DESTINATION], **parts})


def _with_base64(response: Any) -> dict[str, Any]:
    """The cases have bytes as Go has them; a document has them in base64."""
    raw = response.get("body", {}).get("bytes")
    return {**response, "body": {"bytes": b64encode(raw.encode()).decode()}} if raw else dict(response)


def _gateway(**server: Any) -> dict[str, Any]:
    return {"servers": [{"hosts": ["www.example.com"], **server}]}


def _destination_rule(**policy: Any) -> dict[str, Any]:
    return {"host": "reviews", "trafficPolicy": policy}


def _balanced(part: str, value: Any, surroundings: Mapping[str, Any]) -> dict[str, Any]:
    outlier = surroundings.get("outlier")
    policy = {"loadBalancer": {part: value}}
    return _destination_rule(**policy) if outlier is None else _destination_rule(**policy, outlierDetection=outlier)


TLS_PORT = {"number": 443, "name": "https", "protocol": "HTTPS"}
PARTS: dict[str, Part] = {
    "CorsPolicy": lambda value, _: _routed(corsPolicy=value),
    "HTTPFaultInjection_Abort": lambda value, _: _routed(fault={"abort": value}),
    "HTTPFaultInjection_Delay": lambda value, _: _routed(fault={"delay": value}),
    "HTTPRetry": lambda value, _: _routed(retries=value),
    "HTTPRewrite": lambda value, _: _routed(rewrite=value),
    "RegexRewrite": lambda value, _: _routed(rewrite={"uriRegexRewrite": value}),
    "HTTPRedirect": lambda value, _: _virtual_service({"redirect": value}),
    "HTTPDirectResponse": lambda value, _: _virtual_service({"directResponse": _with_base64(value)}),
    "Destination": lambda value, _: _virtual_service({"route": [{"destination": value}]}),
    "HTTPRoute": lambda value, _: _virtual_service(value),
    "delegate": lambda value, _: {"http": [value]},
    "Server": lambda value, _: {"servers": [value]},
    "Port": lambda value, around: _gateway(port=value, **{key: each for key, each in around.items() if key == "bind"}),
    "ServerTLSSettings": lambda value, _: _gateway(port=TLS_PORT, tls=value),
    "TrafficPolicy": lambda value, _: _destination_rule(**value),
    "ConnectionPoolSettings": lambda value, _: _destination_rule(connectionPool=value),
    "LoadBalancerSettings": lambda value, _: _destination_rule(loadBalancer=value),
    "OutlierDetection": lambda value, _: _destination_rule(outlierDetection=value),
    "ClientTLSSettings": lambda value, _: _destination_rule(tls=value),
    "LocalityLoadBalancerSetting": lambda value, around: _balanced("localityLbSetting", value, around),
    "ZoneAwareLoadBalancerSetting": lambda value, around: _balanced("zoneAwareLbSetting", value, around),
    "AccessLogging_Filter": lambda value, _: {"accessLogging": [{"filter": value}]},
}
