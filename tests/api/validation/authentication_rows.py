"""What breaks the rules of PeerAuthentication, RequestAuthentication and ProxyConfig."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = [
    "PEER_ROWS",
    "PEER_SPECS",
    "PROXY_CONFIG_ROWS",
    "PROXY_CONFIG_SPECS",
    "REQUEST_ROWS",
    "REQUEST_SPECS",
]

STRICT: dict[str, Any] = {
    "selector": {"matchLabels": {"app": "cart"}},
    "mtls": {"mode": "STRICT"},
    "portLevelMtls": {"8080": {"mode": "DISABLE"}},
}
PEER_SPECS = {"one port aside": STRICT, "a namespace": {"mtls": {"mode": "PERMISSIVE"}}, "nothing": {}}
PEER_ROWS = (
    Row("V6001", "a port of no workload", STRICT, {"selector": GONE}, "portLevelMtls"),
    Row("V6002", "no port at all", STRICT, {"portLevelMtls": {}}, "portLevelMtls"),
    Row("V6003", "port 0", STRICT, {"portLevelMtls": {"0": {}}}, 'portLevelMtls["0"]'),
    Row("V0123", "no labels", {"selector": {"matchLabels": {}}}, {}, "selector", Severity.WARNING),
)

PROXY: dict[str, Any] = {"concurrency": 0, "selector": {"matchLabels": {"app": "cart"}}}
PROXY_CONFIG_SPECS = {"a thread for each CPU": PROXY}
PROXY_CONFIG_ROWS = (
    Row("V8102", "fewer than no thread", PROXY, {"concurrency": -1}, "concurrency"),
    Row("V0122", "a wildcard", PROXY, {"selector.matchLabels.app": "c*"}, "selector.matchLabels.app"),
)

PUBLIC = '{"keys": [{"kty": "RSA", "e": "AQAB", "n": "u1SU1LfVLPHCozMxH2Mo"}]}'
FETCHED: dict[str, Any] = {
    "jwtRules": [
        {
            "issuer": "https://issuer.example.com",
            "audiences": ["cart"],
            "jwksUri": "https://issuer.example.com:8443/keys",
            "fromHeaders": [{"name": "x-token", "prefix": "Bearer "}],
            "fromParams": ["token"],
            "fromCookies": ["token"],
            "outputClaimToHeaders": [{"header": "x-sub", "claim": "sub"}],
            "timeout": "5s",
        }
    ]
}
GIVEN: dict[str, Any] = {"jwtRules": [{"issuer": "me", "jwks": PUBLIC}]}
RULE = "jwtRules[0]"
REQUEST_SPECS = {"keys that are fetched": FETCHED, "keys that are given": GIVEN, "nothing": {}}
REQUEST_ROWS = (
    Row("V6102", "no audience", FETCHED, {"jwtRules.0.audiences": [""]}, f"{RULE}.audiences[0]"),
    Row("V6103", "no issuer", GIVEN, {"jwtRules.0.issuer": GONE}, RULE),
    Row("V6104", "a scheme", FETCHED, {"jwtRules.0.jwksUri": "ftp://a/b"}, f"{RULE}.jwksUri"),
    Row("V6104", "two ports", FETCHED, {"jwtRules.0.jwksUri": "https://a:1:2/b"}, f"{RULE}.jwksUri"),
    Row("V6104", "a long port", FETCHED, {"jwtRules.0.jwksUri": f"https://a:{'9' * 30}/b"}, f"{RULE}.jwksUri"),
    Row("V6105", "no JSON", GIVEN, {"jwtRules.0.jwks": "keys"}, f"{RULE}.jwks"),
    Row("V6105", "a key of no kind", GIVEN, {"jwtRules.0.jwks": '{"keys": [{"kty": "x"}]}'}, f"{RULE}.jwks"),
    Row("V6107", "no header", FETCHED, {"jwtRules.0.fromHeaders": [{"name": ""}]}, f"{RULE}.fromHeaders[0].name"),
    Row("V6108", "no parameter", FETCHED, {"jwtRules.0.fromParams": [""]}, f"{RULE}.fromParams[0]"),
    Row("V6109", "no cookie", FETCHED, {"jwtRules.0.fromCookies": [""]}, f"{RULE}.fromCookies[0]"),
    Row(
        "V6111",
        "no claim",
        FETCHED,
        {"jwtRules.0.outputClaimToHeaders.0.claim": ""},
        f"{RULE}.outputClaimToHeaders[0].claim",
    ),
    Row(
        "V6112",
        "a pseudo header",
        FETCHED,
        {"jwtRules.0.outputClaimToHeaders.0.header": ":path"},
        f"{RULE}.outputClaimToHeaders[0].header",
    ),
    Row("V6113", "no time", FETCHED, {"jwtRules.0.timeout": "0s"}, f"{RULE}.timeout"),
    Row(
        "V6114",
        "a secret",
        GIVEN,
        {"jwtRules.0.jwks": '{"kty": "oct", "k": "c2VjcmV0"}'},
        f"{RULE}.jwks",
        Severity.WARNING,
    ),
    Row(
        "V0141",
        "two ways to select",
        {"selector": {"matchLabels": {"a": "b"}}},
        {"targetRefs": [{"kind": "Service", "name": "cart"}]},
        "",
    ),
)
