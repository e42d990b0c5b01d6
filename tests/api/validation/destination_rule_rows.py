"""What breaks the rules of a destination rule's own fields, of its traffic policies, and of their TLS."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["DESTINATION_RULE_ROWS", "DESTINATION_RULE_SPECS", "RULE"]

WARNING = Severity.WARNING
POLICY = "trafficPolicy"
TLS = f"{POLICY}.tls"

RULE: dict[str, Any] = {
    "host": "reviews.shop.svc.cluster.local",
    "trafficPolicy": {
        "connectionPool": {
            "tcp": {
                "maxConnections": 10,
                "connectTimeout": "1s",
                "maxConnectionDuration": "1h",
                "idleTimeout": "0s",
                "tcpKeepalive": {"time": "7200s", "interval": "0.075s"},
            },
            "http": {
                "http1MaxPendingRequests": 0,
                "http2MaxRequests": 5,
                "idleTimeout": "1ms",
                "http2KeepAlive": {"interval": "1s", "timeout": "2s"},
                "h2UpgradePolicy": "UPGRADE",
            },
        },
        "outlierDetection": {
            "interval": "1s",
            "baseEjectionTime": "30s",
            "maxEjectionPercent": 100,
            "minHealthPercent": 0,
            "consecutiveLocalOriginFailures": 3,
            "splitExternalLocalOriginErrors": True,
        },
        "loadBalancer": {"simple": "ROUND_ROBIN", "warmup": {"duration": "30s", "minimumPercent": 100}},
        "tls": {"mode": "SIMPLE", "caCertificates": "/etc/ca.pem", "subjectAltNames": ["reviews"]},
        "portLevelSettings": [{"port": {"number": 80}, "tls": {"mode": "DISABLE"}}],
    },
    "subsets": [
        {"name": "v1", "labels": {"version": "v1"}},
        {"name": "v2", "labels": {"app.example.com/version": ""}, "trafficPolicy": {"tls": {"mode": "ISTIO_MUTUAL"}}},
    ],
    "exportTo": ["."],
    "workloadSelector": {"matchLabels": {"app": "cart"}},
}
MUTUAL: dict[str, Any] = {
    "host": "*.example.com",
    "trafficPolicy": {"tls": {"mode": "MUTUAL", "clientCertificate": "/etc/cert.pem", "privateKey": "/etc/key.pem"}},
}
SECRET: dict[str, Any] = {
    "host": "reviews",
    "trafficPolicy": {"tls": {"mode": "MUTUAL", "credentialName": "reviews", "insecureSkipVerify": True}},
}
CONFIG_MAP: dict[str, Any] = {
    "host": "reviews",
    "trafficPolicy": {"tls": {"mode": "SIMPLE", "credentialName": "configmap://shop/authorities"}},
}
TUNNEL: dict[str, Any] = {
    "host": "reviews",
    "trafficPolicy": {"tunnel": {"protocol": "POST", "targetHost": "2001:db8::7", "targetPort": 443}},
}
RETRIES: dict[str, Any] = {"host": "reviews", "trafficPolicy": {"retryBudget": {"percent": 20}}}
SKIPPED: dict[str, Any] = {
    "host": "reviews",
    "trafficPolicy": {"tls": {"mode": "ISTIO_MUTUAL", "insecureSkipVerify": True, "subjectAltNames": ["reviews"]}},
}
DESTINATION_RULE_SPECS = {
    "every part of a policy": RULE,
    "a client certificate from files": MUTUAL,
    "a client certificate from a secret, unverified": SECRET,
    "authorities from a ConfigMap of the same namespace": CONFIG_MAP,
    "a tunnel to an address of IPv6": TUNNEL,
    "a retry budget alone": RETRIES,
    "names beside skipped verification, where the mesh verifies": SKIPPED,
    "a host of one label that is a number": {"host": "123"},
}

OWN = (
    Row("V2001", "an empty host", RULE, {"host": ""}, "host"),
    Row("V2001", "a wildcard amid the host", RULE, {"host": "reviews.*.local"}, "host"),
    Row("V2001", "a host whose last part is a number", RULE, {"host": "reviews.10"}, "host"),
    Row("V2003", "a subset's name twice", RULE, {"subsets.1.name": "v1"}, "subsets[1].name"),
    Row("V2004", "a subset without name", RULE, {"subsets.1.name": GONE}, "subsets[1].name"),
    Row("V2004", "a null among the subsets", RULE, {"subsets.1": None}, "subsets[1].name"),
    Row("V2005", "a subset's name with a dot", RULE, {"subsets.0.name": "v1.0"}, "subsets[0].name"),
    Row("V2006", "a label's value with a space", RULE, {"subsets.0.labels.version": "v 1"}, "subsets[0].labels"),
    Row("V0114", "an export to no one", RULE, {"exportTo": ["~"]}, "exportTo[0]"),
    Row("V0118", "a rule for some, exported elsewhere", RULE, {"exportTo": ["other"]}, "exportTo"),
    Row("V0123", "a selector of nothing", RULE, {"workloadSelector": {}}, "workloadSelector", WARNING),
)
POLICIES = (
    Row("V2009", "an empty policy", RULE, {POLICY: {}}, POLICY),
    Row("V2009", "an empty policy of a subset", RULE, {"subsets.0.trafficPolicy": {}}, "subsets[0].trafficPolicy"),
    Row(
        "V2010",
        "a tunnel beside the PROXY protocol",
        TUNNEL,
        {f"{POLICY}.proxyProtocol": {"version": "V2"}},
        f"{POLICY}.proxyProtocol",
    ),
    Row(
        "V2072",
        "settings for no port",
        RULE,
        {f"{POLICY}.portLevelSettings.0.port": GONE},
        f"{POLICY}.portLevelSettings[0].port",
    ),
    Row(
        "V2073",
        "no settings for a port",
        RULE,
        {f"{POLICY}.portLevelSettings.0.tls": GONE},
        f"{POLICY}.portLevelSettings[0]",
    ),
    Row(
        "V2072",
        "a null among the ports",
        RULE,
        {f"{POLICY}.portLevelSettings.0": None},
        f"{POLICY}.portLevelSettings[0].port",
        beside=("V2073",),
    ),
    Row("V2074", "a tunnel by GET", TUNNEL, {f"{POLICY}.tunnel.protocol": "GET"}, f"{POLICY}.tunnel.protocol"),
    Row("V2075", "a tunnel to anywhere", TUNNEL, {f"{POLICY}.tunnel.targetHost": "*"}, f"{POLICY}.tunnel.targetHost"),
    Row("V2076", "a tunnel without port", TUNNEL, {f"{POLICY}.tunnel.targetPort": 0}, f"{POLICY}.tunnel.targetPort"),
    Row("V2076", "a port too large", TUNNEL, {f"{POLICY}.tunnel.targetPort": 65536}, f"{POLICY}.tunnel.targetPort"),
)
CLIENT_TLS = (
    Row(
        "V2064",
        "a ConfigMap without namespace",
        CONFIG_MAP,
        {f"{TLS}.credentialName": "configmap://authorities"},
        f"{TLS}.credentialName",
    ),
    Row(
        "V2064",
        "a ConfigMap without name",
        CONFIG_MAP,
        {f"{TLS}.credentialName": "configmap://shop/"},
        f"{TLS}.credentialName",
    ),
    Row(
        "V2065",
        "a ConfigMap of another namespace",
        CONFIG_MAP,
        {f"{TLS}.credentialName": "configmap://bank/authorities"},
        f"{TLS}.credentialName",
    ),
    Row(
        "V2066", "authorities that are skipped", RULE, {f"{TLS}.insecureSkipVerify": True}, f"{TLS}.insecureSkipVerify"
    ),
    Row(
        "V2066",
        "a secret of authorities that is skipped",
        CONFIG_MAP,
        {f"{TLS}.insecureSkipVerify": True},
        f"{TLS}.insecureSkipVerify",
    ),
    Row(
        "V2067",
        "names that are skipped",
        SECRET,
        {f"{TLS}.subjectAltNames": ["reviews"]},
        f"{TLS}.insecureSkipVerify",
    ),
    Row("V2068", "a secret beside a list of revoked", SECRET, {f"{TLS}.caCrl": "/etc/crl"}, f"{TLS}.credentialName"),
    Row("V2069", "no client certificate", MUTUAL, {f"{TLS}.clientCertificate": ""}, f"{TLS}.clientCertificate"),
    Row("V2070", "no private key", MUTUAL, {f"{TLS}.privateKey": GONE}, f"{TLS}.privateKey"),
    Row(
        "V2070",
        "no private key for a subset",
        RULE,
        {"subsets.1.trafficPolicy.tls": {"mode": "MUTUAL", "clientCertificate": "/etc/cert.pem"}},
        "subsets[1].trafficPolicy.tls.privateKey",
    ),
)
DESTINATION_RULE_ROWS = (*OWN, *POLICIES, *CLIENT_TLS)
