"""What breaks the rules of a circuit breaker: limits and ejection."""

from __future__ import annotations

from components.api.validation import Severity
from tests.api.validation.destination_rule_rows import RULE
from tests.api.validation.rows import GONE, Row

__all__ = ["CIRCUIT_BREAKING_ROWS"]

OUTLIER = "trafficPolicy.outlierDetection"
POOL = "trafficPolicy.connectionPool"


def row(code: str, words: str, path: str, value: object) -> Row:
    """A value that one field must not have."""
    return Row(code, words, RULE, {path: value}, path)


CIRCUIT_BREAKING_ROWS = (
    row("V2011", "an ejection of no time", f"{OUTLIER}.baseEjectionTime", "0s"),
    Row(
        "V2012",
        "the old name of errors",
        RULE,
        {f"{OUTLIER}.consecutiveErrors": 5},
        f"{OUTLIER}.consecutiveErrors",
        Severity.WARNING,
    ),
    Row(
        "V2013",
        "failures to connect that are not counted apart",
        RULE,
        {f"{OUTLIER}.splitExternalLocalOriginErrors": False},
        f"{OUTLIER}.consecutiveLocalOriginFailures",
    ),
    row("V2014", "a sweep every microsecond and a half", f"{OUTLIER}.interval", "1.0000015s"),
    row("V2015", "more than all ejected", f"{OUTLIER}.maxEjectionPercent", 101),
    row("V2016", "less than none healthy", f"{OUTLIER}.minHealthPercent", -1),
    row("V2017", "limits on nothing", POOL, {}),
    row("V2018", "negative pending requests", f"{POOL}.http.http1MaxPendingRequests", -1),
    row("V2019", "negative requests", f"{POOL}.http.http2MaxRequests", -1),
    row("V2020", "negative requests per connection", f"{POOL}.http.maxRequestsPerConnection", -1),
    row("V2021", "negative retries", f"{POOL}.http.maxRetries", -2),
    row("V2022", "an idle time of no time", f"{POOL}.http.idleTimeout", "0s"),
    row("V2023", "the client's protocol beside an upgrade", f"{POOL}.http.useClientProtocol", True),
    row("V2024", "negative streams", f"{POOL}.http.maxConcurrentStreams", -1),
    row("V2025", "pings at no interval", f"{POOL}.http.http2KeepAlive.interval", GONE),
    row("V2026", "pings at an interval of no time", f"{POOL}.http.http2KeepAlive.interval", "0s"),
    row("V2027", "pings that may be unanswered", f"{POOL}.http.http2KeepAlive.timeout", GONE),
    row("V2028", "pings answered in half a millisecond", f"{POOL}.http.http2KeepAlive.timeout", "0.0005s"),
    row("V2029", "negative connections", f"{POOL}.tcp.maxConnections", -1),
    row("V2030", "no time to connect", f"{POOL}.tcp.connectTimeout", "0s"),
    row("V2031", "connections of no time", f"{POOL}.tcp.maxConnectionDuration", "-1s"),
    row("V2032", "an idle time below nothing", f"{POOL}.tcp.idleTimeout", "-1s"),
    row("V2032", "an idle time finer than a millisecond", f"{POOL}.tcp.idleTimeout", "0.0015s"),
    row("V2033", "probes after no time", f"{POOL}.tcp.tcpKeepalive.time", "0s"),
    row("V2034", "probes without pause", f"{POOL}.tcp.tcpKeepalive.interval", "0s"),
    Row(
        "V2029",
        "negative connections to a port",
        RULE,
        {"trafficPolicy.portLevelSettings.0.connectionPool": {"tcp": {"maxConnections": -1}}},
        "trafficPolicy.portLevelSettings[0].connectionPool.tcp.maxConnections",
    ),
    Row(
        "V2012",
        "the old name of errors for a port, of which istiod itself says nothing",
        RULE,
        {"trafficPolicy.portLevelSettings.0.outlierDetection": {"consecutiveErrors": 5}},
        "trafficPolicy.portLevelSettings[0].outlierDetection.consecutiveErrors",
        Severity.WARNING,
    ),
)
