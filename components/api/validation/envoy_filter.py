"""What istiod's webhook asks of an EnvoyFilter.

May live here: the rules of that kind that need no definitions of Envoy's. May not live here: the patch value, which
envoy_patches looks at. V9002 is not used, it is the shared rules of workloadSelector; V9003 neither, for a patch that is
null is an empty one here.
"""

from __future__ import annotations

from typing import cast

from components.api.networking.envoy_filter import EnvoyFilter
from components.api.resource import Resource
from components.api.validation import envoy_patches
from components.api.validation.formats import regex_flaw
from components.api.validation.selectors import check_workload_selector
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V9001": "an EnvoyFilter is used",
    "V9004": "a patch does not say what it is applied to",
    "V9005": "a patch is missing",
    "V9006": "a patch has no operation",
    "V9007": "a patch that does not remove has no value",
    "V9008": "the expression for proxy versions is too long, and ignored",
    "V9009": "the expression for proxy versions is none",
    "V9010": "a patch of listeners matches something else",
    "V9011": "a patch of a listener or filter chain matches a filter, which has no effect",
    "V9012": "a filter is matched without its name",
    "V9013": "a sub-filter is matched for something else than an HTTP filter",
    "V9014": "a sub-filter is matched in another filter than the HTTP connection manager",
    "V9015": "a sub-filter is matched without its name",
    "V9016": "a filter is matched by a deprecated name",
    "V9017": "a sub-filter is matched by a deprecated name",
    "V9018": "a patch of routes matches something else",
    "V9019": "a patch of clusters matches something else",
    **envoy_patches.CODES,
}

ApplyTo = EnvoyFilter.ApplyTo
Operation = EnvoyFilter.Patch.Operation
LISTENERS = (ApplyTo.LISTENER, ApplyTo.FILTER_CHAIN, ApplyTo.NETWORK_FILTER, ApplyTo.HTTP_FILTER)
ROUTES = (ApplyTo.ROUTE_CONFIGURATION, ApplyTo.VIRTUAL_HOST, ApplyTo.HTTP_ROUTE)
LONGEST_VERSION = 1024
CONNECTION_MANAGERS = ("envoy.filters.network.http_connection_manager", "envoy.http_connection_manager")
# Names that filters had before Envoy named them by their kind.
OLD_NAMES = {
    **{
        f"envoy.{old}": f"envoy.filters.http.{new}"
        for old, new in (
            ("buffer", "buffer"),
            ("cors", "cors"),
            ("csrf", "csrf"),
            ("http_dynamo_filter", "dynamo"),
            ("ext_authz", "ext_authz"),
            ("fault", "fault"),
            ("grpc_http1_bridge", "grpc_http1_bridge"),
            ("grpc_json_transcoder", "grpc_json_transcoder"),
            ("grpc_web", "grpc_web"),
            ("gzip", "gzip"),
            ("health_check", "health_check"),
            ("ip_tagging", "ip_tagging"),
            ("lua", "lua"),
            ("rate_limit", "ratelimit"),
            ("router", "router"),
            ("squash", "squash"),
        )
    },
    **{
        f"envoy.listener.{name}": f"envoy.filters.listener.{name}"
        for name in ("http_inspector", "original_dst", "original_src", "proxy_protocol", "tls_inspector")
    },
    **{
        f"envoy.{name}": f"envoy.filters.network.{name}"
        for name in (
            "client_ssl_auth",
            "http_connection_manager",
            "mongo_proxy",
            "ratelimit",
            "redis_proxy",
            "tcp_proxy",
        )
    },
}


def check(resource: Resource[object], report: Report) -> None:
    """An EnvoyFilter."""
    spec = cast("EnvoyFilter", resource.spec)
    report.warn(
        "V9001",
        "spec",
        "an EnvoyFilter changes what istiod makes for Envoy, and may break at any upgrade",
        "Use another kind where one can do it, and look at it again before each upgrade.",
    )
    check_workload_selector(spec.workload_selector, "spec.workloadSelector", report)
    for index, each in enumerate(spec.config_patches):
        # istiod does not look at patches of waypoints yet.
        if each.match is None or each.match.context is not EnvoyFilter.PatchContext.WAYPOINT:
            _check_patch(each, f"spec.configPatches[{index}]", report)


def _check_patch(each: EnvoyFilter.EnvoyConfigObjectPatch, path: str, report: Report) -> None:
    """As istiod does, no further than what makes the rest meaningless."""
    kinds = ", ".join(kind.value for kind in ApplyTo if kind is not ApplyTo.INVALID)
    operations = ", ".join(one.value for one in Operation if one is not Operation.INVALID)
    if each.apply_to in (None, ApplyTo.INVALID):
        report.refuse("V9004", f"{path}.applyTo", "nothing to apply it to", f"Allowed: {kinds}.")
    elif each.patch is None:
        report.refuse("V9005", f"{path}.patch", "no patch", "Give one.")
    elif each.patch.operation in (None, Operation.INVALID):
        report.refuse("V9006", f"{path}.patch.operation", "no operation", f"Allowed: {operations}.")
    elif each.patch.operation is not Operation.REMOVE and each.patch.value is None:
        message = f"{each.patch.operation.value if each.patch.operation else ''} without a value"
        report.refuse("V9007", f"{path}.patch.value", message, "Give it; only REMOVE has none.")
    elif _check_version(each.match, f"{path}.match", report) and _check_match(each, f"{path}.match", report):
        assert each.apply_to is not None
        envoy_patches.check_value(each.apply_to, each.patch.value, f"{path}.patch.value", report)


def _check_version(match: EnvoyFilter.EnvoyConfigObjectMatch | None, path: str, report: Report) -> bool:
    version = (match.proxy.proxy_version if match is not None and match.proxy is not None else None) or ""
    inner = f"{path}.proxy.proxyVersion"
    if len(version.encode()) > LONGEST_VERSION:
        message = f"an expression of {len(version.encode())} bytes is ignored"
        report.warn("V9008", inner, message, f"Give at most {LONGEST_VERSION}.")
        return True
    flaw = regex_flaw(version) if version else None
    report.refuse_if("V9009", inner, flaw)
    return flaw is None


def _check_match(each: EnvoyFilter.EnvoyConfigObjectPatch, path: str, report: Report) -> bool:
    """Whether the patch value is to be looked at too."""
    match, applied = each.match, each.apply_to
    if match is None or applied is None:
        return True
    given = [
        name
        for name, value in (
            ("listener", match.listener),
            ("routeConfiguration", match.route_configuration),
            ("cluster", match.cluster),
            ("waypoint", match.waypoint),
        )
        if value is not None
    ]
    for kinds, name, code in (
        (LISTENERS, "listener", "V9010"),
        (ROUTES, "routeConfiguration", "V9018"),
        ((ApplyTo.CLUSTER,), "cluster", "V9019"),
    ):
        if applied in kinds and given and name not in given:
            message = f"{applied.value} is patched, and {given[0]} is matched"
            report.refuse(code, f"{path}.{given[0]}", message, f"Match {name}, or nothing.")
            return applied not in LISTENERS
    chain = match.listener.filter_chain if match.listener is not None else None
    if applied in LISTENERS and chain is not None and chain.filter is not None:
        return _check_filter(chain.filter, applied, f"{path}.listener.filterChain.filter", report)
    return True


def _check_filter(match: EnvoyFilter.ListenerMatch.FilterMatch, applied: ApplyTo, path: str, report: Report) -> bool:
    sub = match.sub_filter
    if applied in (ApplyTo.LISTENER, ApplyTo.FILTER_CHAIN):
        message = f"{applied.value} is patched, and a filter is matched, which has no effect"
        report.warn("V9011", path, message, "Leave it out, or patch NETWORK_FILTER or HTTP_FILTER.")
    if not match.name:
        report.refuse("V9012", f"{path}.name", "no name", f"Give it, such as {CONNECTION_MANAGERS[0]}.")
    elif sub is not None and applied is not ApplyTo.HTTP_FILTER:
        message = f"a sub-filter is matched, and {applied.value} is patched"
        report.refuse("V9013", f"{path}.subFilter", message, "Leave it out, or patch HTTP_FILTER.")
    elif sub is not None and match.name not in CONNECTION_MANAGERS:
        message = f"a sub-filter of {match.name!r} is matched"
        report.refuse("V9014", f"{path}.name", message, f"Give {CONNECTION_MANAGERS[0]}.")
    elif sub is not None and not sub.name:
        report.refuse("V9015", f"{path}.subFilter.name", "no name", "Give it, such as envoy.filters.http.router.")
    else:
        _check_name("V9016", match.name, f"{path}.name", report)
        _check_name("V9017", sub.name or "" if sub is not None else "", f"{path}.subFilter.name", report)
        return True
    return False


def _check_name(code: str, name: str, path: str, report: Report) -> None:
    if name in OLD_NAMES:
        report.warn(code, path, f"{name!r} is a deprecated name", f"Give {OLD_NAMES[name]}.")
