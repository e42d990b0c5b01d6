"""What breaks the rules of a virtual service as a whole, and of its TLS and TCP routes."""

from __future__ import annotations

from components.api.validation import Severity
from tests.api.validation.rows import Row
from tests.api.validation.virtual_service_specs import DELEGATE, FORWARD, PASSED, REDIRECT, SEVERAL, STREAM

__all__ = ["VIRTUAL_SERVICE_ROWS"]

WARNING = Severity.WARNING
INFO = Severity.INFO
MATCH, TLS, TCP = "http.0.match.0", "tls.0", "tcp.0"

WHOLE = (
    Row("V1001", "gateways in a delegate", DELEGATE, {"gateways": ["edge/public"]}, "gateways"),
    Row("V1002", "TLS in a delegate", PASSED, {"hosts": [], "gateways": []}, "tls", beside=("V1103",)),
    Row("V1003", "TCP in a delegate", STREAM, {"hosts": []}, "tcp"),
    Row("V1004", "a gateway without namespace", REDIRECT, {"gateways": ["/public"]}, "gateways[0]"),
    Row("V1005", "a gateway's namespace with a wildcard", REDIRECT, {"gateways": ["*/public"]}, "gateways[0]"),
    Row("V1006", "a gateway's name with a dot", REDIRECT, {"gateways": ["edge/pub.lic"]}, "gateways[0]"),
    Row("V1007", "a gateway's name with an at sign", REDIRECT, {"gateways": ["pub@lic"]}, "gateways[0]"),
    Row("V1008", "a gateway's old name", REDIRECT, {"gateways": ["public.edge"]}, "gateways[0]", WARNING),
    Row(
        "V1009",
        "a claim for sidecars too",
        FORWARD,
        {MATCH: {"headers": {"@request.auth.claims.group": {"exact": "a"}}}},
        'http[0].match[0].headers["@request.auth.claims.group"]',
    ),
    Row(
        "V1010",
        "a claim excluded for sidecars too",
        FORWARD,
        {MATCH: {"withoutHeaders": {"@request.auth.claims[group]": {"exact": "a"}}}},
        'http[0].match[0].withoutHeaders["@request.auth.claims[group]"]',
    ),
    Row("V1011", "a host with an exclamation mark", FORWARD, {"hosts": ["a", "b!r"]}, "hosts[1]"),
    Row("V1012", "every host, for sidecars", FORWARD, {"hosts": ["*"]}, "hosts[0]"),
    Row("V1013", "a host below another's wildcard", FORWARD, {"hosts": ["*.com", "a.com"]}, "hosts[1]"),
    Row("V1013", "a host twice", FORWARD, {"hosts": ["a", "b", "a"]}, "hosts[2]"),
    Row("V1014", "no routes", DELEGATE, {"hosts": ["reviews"], "http": []}, ""),
)
L4 = (
    Row("V1098", "TLS without condition", PASSED, {f"{TLS}.match": []}, "tls[0].match"),
    Row("V1100", "TLS without sniHosts", PASSED, {f"{TLS}.match.0.sniHosts": []}, "tls[0].match[0].sniHosts"),
    Row(
        "V1101",
        "an SNI host with a wildcard inside",
        PASSED,
        {f"{TLS}.match.0.sniHosts": ["a.*.com"]},
        "tls[0].match[0].sniHosts[0]",
    ),
    Row(
        "V1102",
        "an address as SNI host",
        PASSED,
        {f"{TLS}.match.0.sniHosts": ["10.0.0.1"]},
        "tls[0].match[0].sniHosts[0]",
        WARNING,
    ),
    Row(
        "V1103",
        "an SNI host that is not among the hosts",
        PASSED,
        {f"{TLS}.match.0.sniHosts": ["example.org"]},
        "tls[0].match[0].sniHosts[0]",
    ),
    Row(
        "V1104",
        "TLS to 33 bits",
        PASSED,
        {f"{TLS}.match.0.destinationSubnets": ["10.0.0.0/33"]},
        "tls[0].match[0].destinationSubnets[0]",
    ),
    Row("V1105", "TLS at port 65536", PASSED, {f"{TLS}.match.0.port": 65536}, "tls[0].match[0].port"),
    Row("V1106", "TLS to nowhere", PASSED, {f"{TLS}.route": []}, "tls[0].route"),
    Row(
        "V1107",
        "TLS to no host",
        PASSED,
        {f"{TLS}.route.0.destination": {"host": ""}},
        "tls[0].route[0].destination.host",
    ),
    Row(
        "V1109",
        "TCP to a host where an address belongs",
        STREAM,
        {f"{TCP}.match.0.destinationSubnets": ["mongo"]},
        "tcp[0].match[0].destinationSubnets[0]",
    ),
    Row(
        "V1110",
        "TCP at a gateway without namespace",
        STREAM,
        {f"{TCP}.match.0.gateways": ["/a"]},
        "tcp[0].match[0].gateways[0]",
    ),
    Row("V1111", "TCP to nowhere", STREAM, {f"{TCP}.route": []}, "tcp[0].route"),
    Row("V1112", "TCP with a negative weight", STREAM, {f"{TCP}.route.0.weight": -1}, "tcp[0].route[0].weight"),
)
REACH = (
    Row("V1114", "two rules without condition", SEVERAL, {"http.3": DELEGATE["http"][0]}, "http[3]", WARNING),
    Row(
        "V1115",
        "a rule behind one without condition",
        SEVERAL,
        {"http.3": SEVERAL["http"][0]},
        "http[3].match[0]",
        WARNING,
    ),
    Row(
        "V1116",
        "a rule that is there twice",
        SEVERAL,
        {"http.1": SEVERAL["http"][0]},
        "http[1]",
        WARNING,
        ("V1117",),
    ),
    Row(
        "V1117",
        "a condition that is there twice",
        SEVERAL,
        {"http.1.match": [*SEVERAL["http"][1]["match"], {**SEVERAL["http"][0]["match"][0], "name": "again"}]},
        "http[1].match[1]",
        INFO,
    ),
    Row(
        "V1118",
        "a prefix below an earlier one",
        SEVERAL,
        {"http.1.match.0.uri.prefix": "/a/b"},
        "http[1].match[0]",
        INFO,
    ),
)
VIRTUAL_SERVICE_ROWS = (*WHOLE, *L4, *REACH)
