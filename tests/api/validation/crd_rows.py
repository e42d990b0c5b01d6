"""What breaks the limits of a CRD: kind, a valid spec and one change."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.api.validation.rows import GONE

__all__ = ["CRD_ROWS", "CRD_SPECS", "CrdRow"]


class CrdRow(NamedTuple):
    """A limit passed."""

    code: str
    words: str
    kind: str
    change: dict[str, Any]
    """To the valid spec of that kind."""
    path: str
    beside: tuple[str, ...] = ()
    """Codes of other limits that the change cannot but pass too."""


LABELS = {"matchLabels": {"app": "cart"}}
TARGETS = [{"kind": "Service", "name": "cart"}]
CRD_SPECS: dict[str, dict[str, Any]] = {
    "AuthorizationPolicy": {
        "selector": LABELS,
        "rules": [{"from": [{"source": {"principals": ["a"]}}], "when": [{"key": "source.ip"}]}],
    },
    "DestinationRule": {
        "host": "cart",
        "trafficPolicy": {
            "loadBalancer": {
                "consistentHash": {"useSourceIp": True, "maglev": {}},
                "warmup": {"duration": "1s", "minimumPercent": 5},
            },
            "connectionPool": {"tcp": {"connectTimeout": "1ms"}},
        },
    },
    "EnvoyFilter": {
        "configPatches": [{"match": {"context": "WAYPOINT", "waypoint": {"portNumber": 80}}}],
        "workloadSelector": {"labels": {"app": "cart"}},
    },
    "Gateway": {
        "servers": [
            {
                "hosts": ["*"],
                "port": {"name": "https", "number": 443, "protocol": "HTTPS"},
                "tls": {"mode": "SIMPLE", "credentialName": "cart"},
            }
        ]
    },
    "PeerAuthentication": {"selector": LABELS, "portLevelMtls": {"80": {}}},
    "RequestAuthentication": {
        "selector": LABELS,
        "jwtRules": [{"issuer": "me", "jwksUri": "https://a", "outputClaimToHeaders": [{"header": "a", "claim": "b"}]}],
    },
    "ServiceEntry": {
        "hosts": ["example.com"],
        "addresses": ["10.0.0.1"],
        "resolution": "STATIC",
        "ports": [{"name": "http", "number": 80}, {"name": "https", "number": 443}],
        "endpoints": [{"address": "10.0.0.2"}],
    },
    "Telemetry": {
        "metrics": [{"overrides": [{"tagOverrides": {"set": {"value": "a"}, "gone": {"operation": "REMOVE"}}}]}],
        "tracing": [{"randomSamplingPercentage": 100}],
    },
    "TrafficExtension": {"lua": {"inlineCode": "--"}},
    "VirtualService": {"hosts": ["a"], "http": [{"name": "x", "match": [{"uri": {"exact": "/"}}]}]},
    "WasmPlugin": {
        "url": "oci://a/b",
        "vmConfig": {"env": [{"name": "A", "valueFrom": "HOST"}, {"name": "B"}]},
        "match": [{"ports": [{"number": 80}]}],
    },
    "WorkloadEntry": {"address": "unix:///a.sock", "network": "vms"},
    "WorkloadGroup": {"template": {"ports": {"http": 80}}, "probe": {"httpGet": {"port": 80, "scheme": "HTTP"}}},
}
HASH = "trafficPolicy.loadBalancer.consistentHash"
WARMUP = "trafficPolicy.loadBalancer.warmup"
CLAIM = "jwtRules.0.outputClaimToHeaders.0"
TAGS = "metrics[0].overrides[0].tagOverrides"
CRD_ROWS = (
    CrdRow("V0002", "no host", "DestinationRule", {"host": GONE}, "host"),
    CrdRow("V0003", "more than all", "DestinationRule", {f"{WARMUP}.minimumPercent": 101}, f"{WARMUP}.minimumPercent"),
    CrdRow(
        "V0003",
        "below 0",
        "Telemetry",
        {"tracing.0.randomSamplingPercentage": -1},
        "tracing[0].randomSamplingPercentage",
    ),
    CrdRow("V0004", "no issuer", "RequestAuthentication", {"jwtRules.0.issuer": ""}, "jwtRules[0].issuer"),
    CrdRow("V0004", "a long value", "WasmPlugin", {"vmConfig.env.1.value": "a" * 2049}, "vmConfig.env[1].value"),
    CrdRow(
        "V0005",
        "a pseudo header",
        "RequestAuthentication",
        {f"{CLAIM}.header": ":path"},
        "jwtRules[0].outputClaimToHeaders[0].header",
    ),
    CrdRow(
        "V0005",
        "a line break",
        "RequestAuthentication",
        {f"{CLAIM}.header": "a\n"},
        "jwtRules[0].outputClaimToHeaders[0].header",
    ),
    CrdRow("V0006", "17 targets", "WasmPlugin", {"targetRefs": TARGETS * 17}, "targetRefs"),
    CrdRow(
        "V0006",
        "3 certificates",
        "Gateway",
        {"servers.0.tls": {"credentialNames": ["a", "b", "c"]}},
        "servers[0].tls.credentialNames",
    ),
    CrdRow("V0008", "two hashes", "DestinationRule", {f"{HASH}.httpHeaderName": "a"}, HASH),
    CrdRow("V0008", "two conditions", "VirtualService", {"http.0.match.0.uri.regex": "a"}, "http[0].match[0].uri"),
    CrdRow("V0009", "a variable twice", "WasmPlugin", {"vmConfig.env.1.name": "A"}, "vmConfig.env"),
    CrdRow("V0009", "a port's name twice", "ServiceEntry", {"ports.1.name": "http"}, "ports"),
    CrdRow("V0010", "no time", "DestinationRule", {f"{WARMUP}.duration": "0s"}, f"{WARMUP}.duration"),
    CrdRow("V0011", "port 0", "ServiceEntry", {"ports.0.number": 0}, "ports[0].number"),
    CrdRow("V0011", "port 0 among keys", "PeerAuthentication", {"portLevelMtls": {"0": {}}}, "portLevelMtls"),
    CrdRow("V0012", "selector and target", "AuthorizationPolicy", {"targetRefs": TARGETS}, ""),
    CrdRow("V0012", "workloads and target", "EnvoyFilter", {"targetRefs": TARGETS}, ""),
    CrdRow("V0013", "a wildcard", "PeerAuthentication", {"selector.matchLabels.app": "*"}, "selector.matchLabels.app"),
    CrdRow(
        "V0013",
        "a wildcard in a key",
        "PeerAuthentication",
        {"selector.matchLabels": {"a*": "b"}},
        "selector.matchLabels",
    ),
    CrdRow("V0014", "an empty key", "PeerAuthentication", {"selector.matchLabels": {"": "b"}}, "selector.matchLabels"),
    CrdRow(
        "V0015",
        "elsewhere",
        "WasmPlugin",
        {"targetRefs": [{**TARGETS[0], "namespace": "a"}]},
        "targetRefs[0].namespace",
    ),
    CrdRow("V0016", "a name and names", "Gateway", {"servers.0.tls.credentialNames": ["a"]}, "servers[0].tls"),
    CrdRow(
        "V0016",
        "names and files",
        "Gateway",
        {"servers.0.tls": {"credentialNames": ["a"], "tlsCertificates": [{}]}},
        "servers[0].tls",
    ),
    CrdRow("V0017", "pods and endpoints", "ServiceEntry", {"workloadSelector": {}}, ""),
    CrdRow("V0018", "a range by DNS", "ServiceEntry", {"addresses": ["10.0.0.0/8"], "resolution": "DNS"}, ""),
    CrdRow("V0019", "endpoints for nothing", "ServiceEntry", {"resolution": GONE}, ""),
    CrdRow(
        "V0020",
        "endpoints in turn",
        "ServiceEntry",
        {"resolution": "DNS_ROUND_ROBIN", "endpoints": [{"address": "a"}, {"address": "b"}]},
        "",
    ),
    CrdRow("V0021", "every host", "ServiceEntry", {"hosts": ["*"]}, "hosts[0]"),
    CrdRow("V0022", "a port twice", "ServiceEntry", {"ports.1.number": 80}, "ports"),
    CrdRow("V0023", "a socket with ports", "WorkloadEntry", {"ports": {"http": 80}}, ""),
    CrdRow("V0024", "a socket below here", "WorkloadEntry", {"address": "unix://a.sock"}, "address"),
    CrdRow("V0025", "a folder", "WorkloadEntry", {"address": "unix:///a/"}, "address"),
    CrdRow("V0026", "a port's name", "WorkloadGroup", {"template.ports": {"a_b": 80}}, "template.ports"),
    CrdRow("V0027", "nowhere", "WorkloadEntry", {"address": GONE, "network": GONE}, "address"),
    CrdRow("V0027", "an endpoint nowhere", "ServiceEntry", {"endpoints": [{}]}, "endpoints[0].address"),
    CrdRow("V0028", "a scheme", "WorkloadGroup", {"probe.httpGet.scheme": "http"}, "probe.httpGet.scheme"),
    CrdRow(
        "V0029",
        "accounts and principals",
        "AuthorizationPolicy",
        {"rules.0.from.0.source.serviceAccounts": ["a"]},
        "rules[0].from[0].source",
    ),
    CrdRow("V0030", "ports of nobody", "PeerAuthentication", {"selector": GONE}, ""),
    CrdRow("V0031", "keys twice", "RequestAuthentication", {"jwtRules.0.jwks": "{}"}, "jwtRules[0]"),
    CrdRow("V0032", "keys by FTP", "RequestAuthentication", {"jwtRules.0.jwksUri": "ftp://a"}, "jwtRules[0].jwksUri"),
    CrdRow("V0033", "a module by FTP", "WasmPlugin", {"url": "ftp://a"}, "url"),
    CrdRow("V0034", "two sources", "WasmPlugin", {"vmConfig.env.0.value": ""}, "vmConfig.env[0]"),
    CrdRow("V0035", "neither", "TrafficExtension", {"lua": GONE}, ""),
    CrdRow("V0035", "both", "TrafficExtension", {"wasm": {"url": "a"}}, "", ("V0008",)),
    CrdRow(
        "V0036",
        "no value",
        "Telemetry",
        {"metrics.0.overrides.0.tagOverrides.set": {"operation": "UPSERT"}},
        f"{TAGS}.set",
    ),
    CrdRow("V0037", "a value", "Telemetry", {"metrics.0.overrides.0.tagOverrides.gone.value": ""}, f"{TAGS}.gone"),
    CrdRow(
        "V0038", "no waypoint", "EnvoyFilter", {"configPatches.0.match.context": "GATEWAY"}, "configPatches[0].match"
    ),
)
