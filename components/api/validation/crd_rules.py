"""The rules that the CRDs of Istio write in CEL: for each text the code, the function that stands for it, the remedy.

May live here: that table. May not live here: where a rule stands, which components.api.constraints has. An empty list
or map is one that is not set here, so a rule with has() cannot tell `targetRefs: []` from none, as the API server does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from components.api.validation import crd_predicates as broken_by

__all__ = ["CODES", "RULES", "CelRule"]

CODES = {
    "V0010": "a duration is shorter than 1 ms",
    "V0011": "a number is no port",
    "V0012": "more than one way to select workloads is set",
    "V0013": "a selector has a wildcard",
    "V0014": "a key in a selector is empty",
    "V0015": "a target is in another namespace, which its CRD refuses",
    "V0016": "more than one way to name a server's certificates is set",
    "V0017": "a service entry has a workload selector and endpoints",
    "V0018": "a service entry that is resolved by DNS has a range of addresses",
    "V0019": "a service entry without resolution has endpoints",
    "V0020": "a service entry with the resolution DNS_ROUND_ROBIN has more than one endpoint",
    "V0021": "a host of a service entry is a wildcard only",
    "V0022": "two ports of a service entry have one number",
    "V0023": "a Unix socket is given ports",
    "V0024": "the address of a Unix socket is no absolute path",
    "V0025": "the address of a Unix socket is a folder",
    "V0026": "the name of a workload's port is none",
    "V0028": "the scheme of a probe is not known",
    "V0029": "service accounts stand together with principals or namespaces, which the CRD refuses",
    "V0030": "mutual TLS is set for ports, but not for which workloads",
    "V0031": "keys are given and also where to fetch them",
    "V0032": "the address of keys is no URL of http or https",
    "V0033": "the address of a WebAssembly module is no URL of a known scheme",
    "V0034": "an environment variable has a value and is to be copied from the host",
    "V0035": "a traffic extension is not exactly one of wasm and lua",
    "V0036": "a tag is to be set and has no value",
    "V0037": "a tag is to be removed and has a value",
    "V0038": "a waypoint match and the waypoint context do not stand together",
}


class CelRule(NamedTuple):
    """A rule of a CRD in Python."""

    code: str
    broken: Callable[[Any], str | None]
    """What is wrong with a value, and the value; None when nothing is."""
    remedy: str


ONE_SELECTOR = CelRule("V0012", broken_by.selectors, "Set one of selector and targetRefs.")
MODULE_URL = CelRule(
    "V0033", broken_by.bad_module_address, "Give a URL of oci, http, https or file, or one without a scheme."
)

RULES: Mapping[str, CelRule] = {
    "duration(self) >= duration('1ms')": CelRule("V0010", broken_by.short_duration, "Give at least 1ms."),
    "0 < self && self <= 65535": CelRule("V0011", broken_by.no_port, "Give a port from 1 to 65535."),
    "self.all(key, 0 < int(key) && int(key) <= 65535)": CelRule(
        "V0011", broken_by.no_port_among_keys, "Give ports from 1 to 65535."
    ),
    "(has(self.selector) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1": ONE_SELECTOR,
    "(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1": ONE_SELECTOR,
    "(has(self.workloadSelector) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1": CelRule(
        "V0012", broken_by.workload_selectors, "Set one of workloadSelector and targetRefs."
    ),
    '!self.contains("*")': CelRule("V0013", broken_by.wildcard, "Give the value as the workload has it."),
    'self.all(key, !key.contains("*"))': CelRule(
        "V0013", broken_by.wildcard_key, "Give the key as the workload has it."
    ),
    "self.all(key, key.size() != 0)": CelRule("V0014", broken_by.empty_key, "Give the key of a label."),
    "self.size() == 0": CelRule(
        "V0015", broken_by.namespace, "Leave it out; only objects of the same namespace can be targets."
    ),
    "(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1": CelRule(
        "V0016", broken_by.names_and_files, "Set one of credentialNames and tlsCertificates."
    ),
    "(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1": CelRule(
        "V0016", broken_by.name_and_names, "Set one of credentialName and credentialNames."
    ),
    # By its message it is about credentialName and tlsCertificates; what it asks is what the first of the three does.
    "(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates) ? 1 : 0) <= 1": CelRule(
        "V0016", lambda _: None, ""
    ),
    "(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1": CelRule(
        "V0017", broken_by.selector_and_endpoints, "Set one of workloadSelector and endpoints."
    ),
    (
        '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) &&'
        ' !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))'
    ): CelRule("V0018", broken_by.range_with_dns, "Give single addresses, or let resolution be STATIC or NONE."),
    '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true': CelRule(
        "V0019", broken_by.endpoints_without_resolution, "Let resolution be STATIC or DNS, or leave endpoints out."
    ),
    (
        '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ?'
        " ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true"
    ): CelRule("V0020", broken_by.endpoints_round_robin, "Give one endpoint, or let resolution be DNS."),
    'self != "*"': CelRule("V0021", broken_by.wildcard_host, "Give a host, such as *.example.com."),
    "self.all(l1, self.exists_one(l2, l1.number == l2.number))": CelRule(
        "V0022", broken_by.equal_numbers, "Give each port a number of its own."
    ),
    '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true': CelRule(
        "V0023", broken_by.socket_with_ports, "Leave ports out; a socket has none."
    ),
    'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true': CelRule(
        "V0024", broken_by.relative_socket, "Give unix:///PATH or unix://@NAME."
    ),
    'self.startsWith("unix://") ? !self.endsWith("/") : true': CelRule(
        "V0025", broken_by.socket_folder, "Give the path of the socket itself."
    ),
    'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))': CelRule(
        "V0026", broken_by.bad_port_name, "Give at most 62 letters, digits and inner hyphens."
    ),
    'self in ["", "HTTP", "HTTPS"]': CelRule("V0028", broken_by.bad_probe_scheme, "Allowed: HTTP, HTTPS."),
    (
        "(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\n"
        "!has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true"
    ): CelRule("V0029", broken_by.accounts_and_others, "Put them into sources of their own, or use one of them only."),
    (
        "has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ?"
        " self.selector.matchLabels : {}).size() > 0) : true"
    ): CelRule("V0030", broken_by.ports_of_no_workload, "Give selector.matchLabels, or set mtls for all ports."),
    "(has(self.jwksUri) ? 1 : 0) + (has(self.jwks_uri) ? 1 : 0) + (has(self.jwks) ? 1 : 0) <= 1": CelRule(
        "V0031", broken_by.keys_and_address, "Set one of jwks and jwksUri."
    ),
    'url(self).getScheme() in ["http", "https"]': CelRule(
        "V0032", broken_by.bad_keys_address, "Give a URL that begins with https:// or http://."
    ),
    (
        'isURL(self) ? (url(self).getScheme() in ["", "http", "https", "oci", "file"]) : (isURL("http://" + self) &&\n'
        'url("http://" + self).getScheme() in ["", "http", "https", "oci", "file"])'
    ): MODULE_URL,
    (
        'isURL(self) ? (url(self).getScheme() in ["", "http", "https", "file", "oci"]) : (isURL("http://" + self) &&\n'
        'url("http://" + self).getScheme() in ["", "http", "https", "file", "oci"])'
    ): MODULE_URL,
    '(has(self.valueFrom) ? self.valueFrom : "") != "HOST" || !has(self.value)': CelRule(
        "V0034", broken_by.value_and_host, "Leave the value out, or let valueFrom be INLINE."
    ),
    "has(self.wasm) != has(self.lua)": CelRule("V0035", broken_by.wasm_or_lua, "Set one of them."),
    '((has(self.operation) ? self.operation : "") == "UPSERT") ? (self.value != "") : true': CelRule(
        "V0036", broken_by.tag_without_value, "Give the value, an expression in CEL, or let the operation be REMOVE."
    ),
    '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true': CelRule(
        "V0037", broken_by.tag_with_value, "Leave the value out, or let the operation be UPSERT."
    ),
    (
        'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) :'
        " !has(self.waypoint)"
    ): CelRule("V0038", broken_by.waypoint_match, "Match waypoint exactly when context is WAYPOINT."),
}
