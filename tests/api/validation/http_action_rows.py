"""What breaks the rules of what an HTTP route does: CORS, faults, mirrors, answers, retries."""

from __future__ import annotations

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row
from tests.api.validation.virtual_service_specs import ANSWER, FORWARD, REDIRECT

__all__ = ["HTTP_ACTION_ROWS"]

WARNING = Severity.WARNING
MATCH = "http.0.match.0"

CORS = (
    Row(
        "V1044",
        "an origin that is nothing",
        FORWARD,
        {"http.0.corsPolicy.allowOrigins.1": {}},
        "http[0].corsPolicy.allowOrigins[1]",
    ),
    Row(
        "V1045",
        "a broken expression for origins",
        FORWARD,
        {"http.0.corsPolicy.allowOrigins.1": {"regex": "*"}},
        "http[0].corsPolicy.allowOrigins[1].regex",
    ),
    Row(
        "V1046",
        "a method in lower case",
        FORWARD,
        {"http.0.corsPolicy.allowMethods": ["get"]},
        "http[0].corsPolicy.allowMethods[0]",
    ),
    Row(
        "V1047",
        "an allowed header with a space",
        FORWARD,
        {"http.0.corsPolicy.allowHeaders": ["x a"]},
        "http[0].corsPolicy.allowHeaders[0]",
    ),
    Row(
        "V1048",
        "an exposed header without a name",
        FORWARD,
        {"http.0.corsPolicy.exposeHeaders": [""]},
        "http[0].corsPolicy.exposeHeaders[0]",
    ),
    Row("V1049", "a max age of nothing", FORWARD, {"http.0.corsPolicy.maxAge": "0s"}, "http[0].corsPolicy.maxAge"),
    Row(
        "V1050",
        "a max age of one second and a half",
        FORWARD,
        {"http.0.corsPolicy.maxAge": "1.5s"},
        "http[0].corsPolicy.maxAge",
    ),
)
FAULTS = (
    Row("V1051", "a fault of nothing", FORWARD, {"http.0.fault": {}}, "http[0].fault"),
    Row(
        "V1052",
        "less than one abort in a million",
        FORWARD,
        {"http.0.fault.abort.percentage.value": 0.00001},
        "http[0].fault.abort.percentage.value",
    ),
    Row(
        "V1053",
        "a gRPC status in lower case",
        FORWARD,
        {"http.0.fault.abort": {"grpcStatus": "unavailable"}},
        "http[0].fault.abort.grpcStatus",
    ),
    Row(
        "V1054",
        "an HTTP/2 error",
        FORWARD,
        {"http.0.fault.abort": {"http2Error": "NO_ERROR"}},
        "http[0].fault.abort.http2Error",
    ),
    Row(
        "V1055", "an abort with 199", FORWARD, {"http.0.fault.abort.httpStatus": 199}, "http[0].fault.abort.httpStatus"
    ),
    Row(
        "V1055",
        "an abort with 600, which Envoy refuses",
        FORWARD,
        {"http.0.fault.abort.httpStatus": 600},
        "http[0].fault.abort.httpStatus",
        WARNING,
    ),
    Row(
        "V1056",
        "an abort with nothing",
        FORWARD,
        {"http.0.fault.abort.httpStatus": GONE},
        "http[0].fault.abort",
        WARNING,
    ),
    Row(
        "V1057",
        "more delays than requests",
        FORWARD,
        {"http.0.fault.delay.percentage.value": 101},
        "http[0].fault.delay.percentage.value",
    ),
    Row(
        "V1058",
        "a delay of half a millisecond",
        FORWARD,
        {"http.0.fault.delay.fixedDelay": "0.5ms"},
        "http[0].fault.delay.fixedDelay",
    ),
    Row(
        "V1059",
        "an exponential delay",
        FORWARD,
        {"http.0.fault.delay": {"exponentialDelay": "1s"}},
        "http[0].fault.delay.exponentialDelay",
    ),
)
MIRRORS = (
    Row(
        "V1060",
        "more than all mirrored, the old way",
        FORWARD,
        {"http.0.mirrorPercent": 101},
        "http[0].mirrorPercent",
        beside=("V1061",),
    ),
    Row("V1061", "half mirrored, the old way", FORWARD, {"http.0.mirrorPercent": 50}, "http[0].mirrorPercent", WARNING),
    Row(
        "V1062",
        "more than all mirrored",
        FORWARD,
        {"http.0.mirrorPercentage": {"value": 100.5}},
        "http[0].mirrorPercentage.value",
    ),
    Row(
        "V1063",
        "less than none mirrored",
        FORWARD,
        {"http.0.mirrorPercentage": {"value": -1}},
        "http[0].mirrorPercentage.value",
    ),
    Row(
        "V1064",
        "a mirror everywhere",
        FORWARD,
        {"http.0.mirrors": [], "http.0.mirror": {"host": "*"}},
        "http[0].mirror.host",
    ),
    Row(
        "V1066",
        "an entry of mirrors without destination",
        FORWARD,
        {"http.0.mirrors.0": {}},
        "http[0].mirrors[0].destination",
    ),
    Row(
        "V1067",
        "an entry of mirrors with a bad subset",
        FORWARD,
        {"http.0.mirrors.0.destination.subset": "v.1"},
        "http[0].mirrors[0].destination.subset",
    ),
    Row(
        "V1068",
        "more than all copied",
        FORWARD,
        {"http.0.mirrors.0.percentage.value": 101},
        "http[0].mirrors[0].percentage.value",
    ),
    Row(
        "V1069",
        "less than none copied",
        FORWARD,
        {"http.0.mirrors.0.percentage.value": -0.1},
        "http[0].mirrors[0].percentage.value",
    ),
)
ANSWERS = (
    Row("V1070", "two ways of redirecting", REDIRECT, {"http.0.redirect.uri": "/"}, "http[0].redirect"),
    Row(
        "V1071",
        "a prefix rewritten that is none",
        REDIRECT,
        {f"{MATCH}.uri": {"exact": "/old"}},
        "http[0].redirect.prefixRewrite",
    ),
    Row("V1072", "a redirect to nowhere", REDIRECT, {"http.0.redirect.prefixRewrite": GONE}, "http[0].redirect"),
    Row(
        "V1073", "a redirect with 200", REDIRECT, {"http.0.redirect.redirectCode": 200}, "http[0].redirect.redirectCode"
    ),
    Row("V1074", "a redirect to ftp", REDIRECT, {"http.0.redirect.scheme": "ftp"}, "http[0].redirect.scheme"),
    Row("V1075", "a redirect to port 70000", REDIRECT, {"http.0.redirect.port": 70000}, "http[0].redirect.port"),
    Row(
        "V1076",
        "a body over 1 MB",
        ANSWER,
        {"http.0.directResponse.body.string": "a" * 1048577},
        "http[0].directResponse.body",
    ),
    Row(
        "V1077",
        "a body over 100 KB",
        ANSWER,
        {"http.0.directResponse.body.string": "a" * 102401},
        "http[0].directResponse.body",
        WARNING,
    ),
    Row(
        "V1078",
        "a response without status",
        ANSWER,
        {"http.0.directResponse.status": GONE},
        "http[0].directResponse.status",
    ),
)
RETRIES = (
    Row("V1079", "a negative number of retries", FORWARD, {"http.0.retries.attempts": -1}, "http[0].retries.attempts"),
    Row("V1080", "conditions, but no retries", FORWARD, {"http.0.retries.attempts": 0}, "http[0].retries.attempts"),
    Row("V1081", "a try of no time", FORWARD, {"http.0.retries.perTryTimeout": "0s"}, "http[0].retries.perTryTimeout"),
    Row(
        "V1082",
        "a space between conditions",
        FORWARD,
        {"http.0.retries.retryOn": "5xx, reset"},
        "http[0].retries.retryOn",
    ),
    Row("V1083", "a wait of a microsecond", FORWARD, {"http.0.retries.backoff": "1us"}, "http[0].retries.backoff"),
    Row("V1097", "a timeout of a millisecond and a half", FORWARD, {"http.0.timeout": "1.5ms"}, "http[0].timeout"),
)
HTTP_ACTION_ROWS = (*CORS, *FAULTS, *MIRRORS, *ANSWERS, *RETRIES)
