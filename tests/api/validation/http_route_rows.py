"""What breaks the rules of an HTTP route: conditions, destinations, and what may stand together."""

from __future__ import annotations

from tests.api.validation.rows import GONE, Row
from tests.api.validation.virtual_service_specs import ANSWER, DELEGATE, FORWARD, REDIRECT, ROOT

__all__ = ["HTTP_ROUTE_ROWS"]

ROUTE, MATCH = "http.0.route.0", "http.0.match.0"
DESTINATION = {"destination": {"host": "reviews"}}

TOGETHER = (
    Row("V1016", "a redirect beside delegate", ROOT, {"http.0.redirect": {"uri": "/"}}, "http[0].redirect"),
    Row("V1017", "destinations beside delegate", ROOT, {"http.0.route": [DESTINATION]}, "http[0].route"),
    Row("V1018", "a delegate that delegates", DELEGATE, {"http.0.delegate": {"name": "a"}}, "http[0].delegate"),
    Row("V1019", "destinations beside a redirect", REDIRECT, {"http.0.route": [DESTINATION]}, "http[0].route"),
    Row("V1020", "a fault beside a redirect", REDIRECT, {"http.0.fault": {"delay": {}}}, "http[0].fault"),
    Row("V1021", "a rewrite beside a redirect", REDIRECT, {"http.0.rewrite": {"uri": "/"}}, "http[0].rewrite"),
    Row(
        "V1022",
        "a direct response beside a redirect",
        REDIRECT,
        {"http.0.directResponse": {"status": 404}},
        "http[0].directResponse",
    ),
    Row("V1023", "destinations beside a direct response", ANSWER, {"http.0.route": [DESTINATION]}, "http[0].route"),
    Row("V1024", "a fault beside a direct response", ANSWER, {"http.0.fault": {"delay": {}}}, "http[0].fault"),
    Row("V1025", "a rewrite beside a direct response", ANSWER, {"http.0.rewrite": {"uri": "/"}}, "http[0].rewrite"),
    Row("V1026", "a route that does nothing", DELEGATE, {"http.0.route": []}, "http[0]"),
    Row("V1027", "mirror beside mirrors", FORWARD, {"http.0.mirror": {"host": "a"}}, "http[0].mirror"),
)
MATCHES = (
    Row(
        "V1029",
        "a header's name with a space",
        FORWARD,
        {f"{MATCH}.headers": {"x a": {}}},
        'http[0].match[0].headers["x a"]',
    ),
    Row(
        "V1030",
        "an empty prefix of a header",
        FORWARD,
        {f"{MATCH}.headers": {"a": {"prefix": ""}}},
        "http[0].match[0].headers.a.prefix",
    ),
    Row(
        "V1031",
        "an excluded header without a name",
        FORWARD,
        {f"{MATCH}.withoutHeaders": {"": {}}},
        'http[0].match[0].withoutHeaders[""]',
    ),
    Row(
        "V1032",
        "a broken expression for an excluded header",
        FORWARD,
        {f"{MATCH}.withoutHeaders": {"a": {"regex": "("}}},
        "http[0].match[0].withoutHeaders.a.regex",
    ),
    Row("V1033", "a look-ahead in a uri", FORWARD, {f"{MATCH}.uri": {"regex": "(?=a)"}}, "http[0].match[0].uri.regex"),
    Row(
        "V1034",
        "an empty prefix of the scheme",
        FORWARD,
        {f"{MATCH}.scheme": {"prefix": ""}},
        "http[0].match[0].scheme.prefix",
    ),
    Row(
        "V1035",
        "an empty expression of the method",
        FORWARD,
        {f"{MATCH}.method": {"regex": ""}},
        "http[0].match[0].method.regex",
    ),
    Row(
        "V1036",
        "an expression of the authority that is too long",
        FORWARD,
        {f"{MATCH}.authority": {"regex": "a" * 1025}},
        "http[0].match[0].authority.regex",
    ),
    Row(
        "V1037",
        "a broken expression for a query parameter",
        FORWARD,
        {f"{MATCH}.queryParams": {"a": {"regex": "["}}},
        "http[0].match[0].queryParams.a.regex",
    ),
    Row("V1038", "a port over 65535", FORWARD, {f"{MATCH}.port": 65536}, "http[0].match[0].port"),
    Row(
        "V1039",
        "a label that begins with a hyphen",
        FORWARD,
        {f"{MATCH}.sourceLabels": {"a": "-"}},
        "http[0].match[0].sourceLabels",
    ),
    Row("V1040", "a gateway without a name", FORWARD, {f"{MATCH}.gateways": ["edge/"]}, "http[0].match[0].gateways[0]"),
    Row(
        "V1041",
        "a source namespace with a dot",
        FORWARD,
        {f"{MATCH}.sourceNamespace": "a.b"},
        "http[0].match[0].sourceNamespace",
    ),
)
DESTINATIONS = (
    Row("V1090", "no destination", FORWARD, {ROUTE: {"weight": 1}}, "http[0].route[0].destination"),
    Row(
        "V1091",
        "a pseudo header of one destination",
        FORWARD,
        {f"{ROUTE}.headers.request.set": {":path": "/"}},
        'http[0].route[0].headers.request.set[":path"]',
    ),
    Row(
        "V1092",
        "a destination everywhere",
        FORWARD,
        {f"{ROUTE}.destination.host": "*"},
        "http[0].route[0].destination.host",
    ),
    Row(
        "V1093",
        "a subset with a dot",
        FORWARD,
        {f"{ROUTE}.destination.subset": "v1.0"},
        "http[0].route[0].destination.subset",
    ),
    Row(
        "V1094", "port 0", FORWARD, {f"{ROUTE}.destination.port.number": 0}, "http[0].route[0].destination.port.number"
    ),
    Row("V1095", "a negative weight", FORWARD, {f"{ROUTE}.weight": -1}, "http[0].route[0].weight"),
    Row("V1096", "no weights", FORWARD, {f"{ROUTE}.weight": 0, "http.0.route.1.weight": 0}, "http[0].route"),
)
CHANGES = (
    Row(
        "V1042",
        "the host of a response is removed",
        FORWARD,
        {"http.0.headers.response.remove": ["Host"]},
        "http[0].headers.response.remove[0]",
    ),
    Row(
        "V1043",
        "a percent sign by itself",
        FORWARD,
        {"http.0.headers.request.set": {"x-a": "100%"}},
        'http[0].headers.request.set["x-a"]',
    ),
    Row(
        "V1088",
        "the authority in two places",
        FORWARD,
        {"http.0.headers.request.add": {"Host": "a"}},
        "http[0].headers.request.add.Host",
    ),
    Row("V1084", "two ways of rewriting", FORWARD, {"http.0.rewrite.uri": "/"}, "http[0].rewrite"),
    Row("V1085", "a rewrite of nothing", FORWARD, {"http.0.rewrite": {}}, "http[0].rewrite"),
    Row(
        "V1086",
        "a rewrite without what to",
        FORWARD,
        {"http.0.rewrite.uriRegexRewrite.rewrite": GONE},
        "http[0].rewrite.uriRegexRewrite",
    ),
    Row(
        "V1087",
        "a rewrite with a back reference",
        FORWARD,
        {"http.0.rewrite.uriRegexRewrite.match": "(a)\\1"},
        "http[0].rewrite.uriRegexRewrite.match",
    ),
)
HTTP_ROUTE_ROWS = (*TOGETHER, *MATCHES, *DESTINATIONS, *CHANGES)
