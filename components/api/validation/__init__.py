"""What istiod's validating webhook and the CRDs refuse or warn of, for each of Istio's kinds: a document in,
violations out.

May live here: rules that need one document and nothing else, one module a kind, with the codes they report
under. May not live here: rules between documents (analysis), words of our own, anything of files.

Codes: V00xx what the document's shape and the CRD ask; V01xx metadata and rules shared by kinds; V10xx and V11xx
VirtualService, V20xx DestinationRule, V30xx Gateway, V40xx ServiceEntry, V50xx Sidecar, V60xx PeerAuthentication,
V61xx RequestAuthentication, V70xx AuthorizationPolicy, V80xx Telemetry, V81xx ProxyConfig, V82xx WasmPlugin,
V83xx TrafficExtension, V84xx WorkloadEntry, V85xx WorkloadGroup, V90xx EnvoyFilter. A code is never used again
for another rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from components.api.resource import Document, Resource
from components.api.validation.told_once import told_once
from components.api.validation.violation import Flaw, Report, Severity, Violation

__all__ = ["Flaw", "Report", "Severity", "Violation", "codes", "validate"]

PACKAGE = "components.api.validation"
KINDS = {
    ("networking.istio.io", "VirtualService"): "virtual_service",
    ("networking.istio.io", "DestinationRule"): "destination_rule",
    ("networking.istio.io", "Gateway"): "gateway",
    ("networking.istio.io", "ServiceEntry"): "service_entry",
    ("networking.istio.io", "Sidecar"): "sidecar",
    ("networking.istio.io", "WorkloadEntry"): "workload_entry",
    ("networking.istio.io", "WorkloadGroup"): "workload_group",
    ("networking.istio.io", "ProxyConfig"): "proxy_config",
    ("networking.istio.io", "EnvoyFilter"): "envoy_filter",
    ("security.istio.io", "PeerAuthentication"): "peer_authentication",
    ("security.istio.io", "RequestAuthentication"): "request_authentication",
    ("security.istio.io", "AuthorizationPolicy"): "authorization_policy",
    ("telemetry.istio.io", "Telemetry"): "telemetry",
    ("extensions.istio.io", "WasmPlugin"): "wasm_plugin",
    ("extensions.istio.io", "TrafficExtension"): "traffic_extension",
}
GATEWAY_API = "gateway.networking.k8s.io"
SHARED = (
    "crd",
    "metadata",
    "formats",
    "selectors",
    "exports",
    "traffic_policy",
    "circuit_breaking",
    "load_balancing",
    "localities",
    "client_tls",
    "server_tls",
    "resolution",
    "sidecar_ingress",
    "sidecar_egress",
)
"""Modules with codes that more than one kind reports under, or that a kind's own module leaves to them."""


def validate(document: Document, written: Mapping[str, Any] | None = None) -> tuple[Violation, ...]:
    """What the CRD and the webhook have to say of a document of Istio's, and what the CRD says of one of the Gateway API's
    but for its rules in CEL; nothing of other kinds.

    What both refuse is told of once, in the words of the webhook. `written` is the document as it was written, for what
    a typed value does not keep, such as an empty map; without it that is not told.
    """
    if not isinstance(document, Resource):
        return ()
    report = Report()
    group = document.api_version.partition("/")[0]
    if group == GATEWAY_API:
        import_module(f"{PACKAGE}.crd").check_limits(document.spec, "spec", report)
        return tuple(report.violations)
    module = KINDS.get((group, document.kind))
    if module is None:
        return ()
    for check in _checks(module):
        check(document, report)
    if written:
        for look in _looks_at_what_was_written(module):
            look(written, report)
    return told_once(report.violations)


def codes() -> Mapping[str, str]:
    """Every code and, in a line, what breaks its rule."""
    named: dict[str, str] = {}
    for module in (*SHARED, *KINDS.values()):
        for code, title in import_module(f"{PACKAGE}.{module}").CODES.items():
            assert code not in named, f"{code} stands for two rules: {named[code]!r} and {title!r}"
            named[code] = title
    return named


Check = Callable[[Resource[object], Report], None]


@cache
def _checks(module: str) -> tuple[Check, ...]:
    """The CRD's rules, those of any kind's metadata, and those of the kind."""
    names = ("crd", "metadata", module)
    return tuple(import_module(f"{PACKAGE}.{name}").check for name in names)


@cache
def _looks_at_what_was_written(module: str) -> tuple[Callable[[Mapping[str, Any], Report], None], ...]:
    loaded = import_module(f"{PACKAGE}.{module}")
    return (loaded.check_written,) if hasattr(loaded, "check_written") else ()
