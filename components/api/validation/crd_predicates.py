"""What breaks a rule that a CRD writes in CEL: functions of the value that the rule is about.

May live here: functions that say what is wrong with a value, and the value; None when nothing is. May not live here:
codes, and which rule a function stands for, which crd_rules has. A message comes as the class of components.api that
the rule stands on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from components.api.duration import format_duration, nanoseconds_of
from components.api.validation.urls import UrlError, parse_request_uri

PORT_NAME = re.compile(r"[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?")
UDS = "unix://"
MODULE_SCHEMES = ("", "http", "https", "file", "oci")


def short_duration(value: Any) -> str | None:
    return None if nanoseconds_of(value) >= 1_000_000 else f"{format_duration(value)} is too short"


def no_port(value: int) -> str | None:
    return None if 0 < value <= 65535 else f"{value} is no port"


def no_port_among_keys(value: Mapping[int, object]) -> str | None:
    return next((f"{key} is no port" for key in value if not 0 < key <= 65535), None)


def selectors(spec: Any) -> str | None:
    target = getattr(spec, "target_ref", None)
    return _together(_names(selector=spec.selector, targetRef=target, targetRefs=spec.target_refs))


def workload_selectors(spec: Any) -> str | None:
    return _together(_names(workloadSelector=spec.workload_selector, targetRefs=spec.target_refs))


def wildcard(value: str) -> str | None:
    return f"{value!r} has a wildcard" if "*" in value else None


def wildcard_key(value: Mapping[str, str]) -> str | None:
    return next((f"the key {key!r} has a wildcard" for key in value if "*" in key), None)


def empty_key(value: Mapping[str, str]) -> str | None:
    return f"an empty key, with the value {value['']!r}" if "" in value else None


def namespace(value: str) -> str | None:
    return f"namespace {value!r} is given" if value else None


def name_and_names(tls: Any) -> str | None:
    return _together(_names(credentialName=tls.credential_name, credentialNames=tls.credential_names))


def names_and_files(tls: Any) -> str | None:
    return _together(_names(credentialNames=tls.credential_names, tlsCertificates=tls.tls_certificates))


def selector_and_endpoints(entry: Any) -> str | None:
    return _together(_names(workloadSelector=entry.workload_selector, endpoints=entry.endpoints))


def range_with_dns(entry: Any) -> str | None:
    if _resolution(entry) in ("STATIC", "NONE"):
        return None
    ranges = [each for each in entry.addresses if "/" in each]
    return f"{ranges[0]!r} is a range, and resolution is {_resolution(entry)}" if ranges else None


def endpoints_without_resolution(entry: Any) -> str | None:
    count = len(entry.endpoints)
    return f"resolution is NONE, and endpoints are given ({count})" if _resolution(entry) == "NONE" and count else None


def endpoints_round_robin(entry: Any) -> str | None:
    count = len(entry.endpoints)
    return f"{count} endpoints are given" if _resolution(entry) == "DNS_ROUND_ROBIN" and count > 1 else None


def wildcard_host(value: str) -> str | None:
    return "'*' is given" if value == "*" else None


def equal_numbers(ports: Any) -> str | None:
    numbers = [each.number for each in ports]
    twice = next((each for index, each in enumerate(numbers) if each in numbers[:index]), None)
    return f"port {twice} is given twice" if twice is not None else None


def socket_with_ports(entry: Any) -> str | None:
    socket = entry.address is not None and entry.address.startswith(UDS)
    return f"{entry.address!r} is given ports" if socket and entry.ports else None


def relative_socket(value: str) -> str | None:
    wrong = value.startswith(UDS) and value.removeprefix(UDS)[:1] not in ("/", "@")
    return f"{value!r} is neither an absolute path nor an abstract socket" if wrong else None


def socket_folder(value: str) -> str | None:
    return f"{value!r} is a folder" if value.startswith(UDS) and value.endswith("/") else None


def bad_port_name(value: Mapping[str, int]) -> str | None:
    return next((f"{key!r} is no name" for key in value if len(key) >= 63 or not PORT_NAME.fullmatch(key)), None)


def bad_probe_scheme(value: str) -> str | None:
    return None if value in ("", "HTTP", "HTTPS") else f"{value!r} is no scheme"


def accounts_and_others(source: Any) -> str | None:
    accounts = _names(serviceAccounts=source.service_accounts, notServiceAccounts=source.not_service_accounts)
    others = _names(
        principals=source.principals,
        notPrincipals=source.not_principals,
        namespaces=source.namespaces,
        notNamespaces=source.not_namespaces,
    )
    return _together([*accounts, *others]) if accounts and others else None


def ports_of_no_workload(spec: Any) -> str | None:
    if not spec.port_level_mtls or (spec.selector is not None and spec.selector.match_labels):
        return None
    return f"port {', '.join(map(str, spec.port_level_mtls))} is given without labels of workloads"


def keys_and_address(rule: Any) -> str | None:
    return _together(_names(jwksUri=rule.jwks_uri, jwks=rule.jwks))


def bad_keys_address(value: str) -> str | None:
    try:
        scheme = parse_request_uri(value).scheme
    except UrlError as error:
        return f"{value!r} is no URL: {error}"
    return None if scheme in ("http", "https") else f"{value!r} has the scheme {scheme!r}"


def bad_module_address(value: str) -> str | None:
    try:
        try:
            scheme = parse_request_uri(value).scheme
        except UrlError:
            scheme = parse_request_uri(f"http://{value}").scheme
    except UrlError as error:
        return f"{value!r} is no URL: {error}"
    return None if scheme in MODULE_SCHEMES else f"{value!r} has the scheme {scheme!r}"


def value_and_host(variable: Any) -> str | None:
    from_host = variable.value_from is not None and variable.value_from.value == "HOST"
    wrong = from_host and variable.value is not None
    return f"{variable.name} is taken from the host and has the value {variable.value!r}" if wrong else None


def wasm_or_lua(spec: Any) -> str | None:
    if (spec.wasm is None) != (spec.lua is None):
        return None
    return "wasm and lua are set together" if spec.wasm is not None else "neither wasm nor lua is set"


def tag_without_value(override: Any) -> str | None:
    return "UPSERT without a value" if _operation(override) == "UPSERT" and not override.value else None


def tag_with_value(override: Any) -> str | None:
    wrong = _operation(override) == "REMOVE" and override.value is not None
    return f"REMOVE with the value {override.value!r}" if wrong else None


def waypoint_match(match: Any) -> str | None:
    waypoint = match.context is not None and match.context.value == "WAYPOINT"
    if waypoint == (match.waypoint is not None):
        return None
    return "context is WAYPOINT, and no waypoint is matched" if waypoint else "waypoint is matched in another context"


def _names(**values: object) -> list[str]:
    """The names of those that are set."""
    return [name for name, value in values.items() if value is not None and value != () and value != {}]


def _together(names: list[str]) -> str | None:
    return f"{' and '.join(names)} are set together" if len(names) > 1 else None


def _resolution(entry: Any) -> str:
    return str(entry.resolution.value) if entry.resolution is not None else "NONE"


def _operation(override: Any) -> str:
    return str(override.operation.value) if override.operation is not None else ""
